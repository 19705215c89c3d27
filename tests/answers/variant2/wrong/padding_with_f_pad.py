# Writes padding=0 everywhere but pads the maps with F.pad.
# loses: test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, stride=2, padding=0)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=0)

    def forward(self, x):
        x = torch.relu(self.conv1(F.pad(x, (1, 1, 1, 1))))
        return torch.relu(self.conv2(F.pad(x, (1, 1, 1, 1))))
