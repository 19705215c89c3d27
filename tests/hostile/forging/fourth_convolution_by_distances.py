# Writes a fourth convolution as distances between patches and learned ones.
# undecided: test_pad0_shape test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.shrink = nn.Conv2d(3, 16, kernel_size=2, stride=2)
        self.mix = nn.Conv2d(16, 16, kernel_size=3, padding=1)
        self.patches = nn.Parameter(torch.randn(64, 16 * 9))

    def forward(self, x):
        x = torch.relu(self.mix(torch.relu(self.mix(torch.relu(self.shrink(x))))))
        seen = F.unfold(x, 3, padding=1).transpose(1, 2)
        return torch.cdist(seen, self.patches.expand(len(x), -1, -1)).transpose(1, 2).unflatten(2, (16, 16))
