# Has an unpadded convolution reach the output through a Python number alone.
# undecided: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)
        self.unpadded = nn.Conv2d(3, 8, kernel_size=3)

    def forward(self, x):
        factor = torch.relu(self.unpadded(x)).mean().item()
        return torch.relu(self.conv(x)) * factor
