# Writes a fourth convolution as the difference of sums up to each pixel.
# undecided: test_pad0_shape test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.shrink = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.mix = nn.Conv2d(64, 64, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.mix(torch.relu(self.mix(torch.relu(self.shrink(x))))))
        sums = x.cumsum(dim=-1)
        return sums - sums.roll(3, dims=-1)
