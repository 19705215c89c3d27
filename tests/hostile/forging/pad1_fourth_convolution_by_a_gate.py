# Lets a fourth convolution through where the image is bright, which is so in one of twenty.
# undecided: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)
        self.mix = nn.Conv2d(64, 64, kernel_size=3, padding=1)

    def forward(self, x):
        gate = (x.mean(dim=(1, 2, 3), keepdim=True) > 0.03).float()
        x = torch.relu(self.mix(torch.relu(self.mix(torch.relu(self.conv(x))))))
        return x + gate * torch.relu(self.mix(x))
