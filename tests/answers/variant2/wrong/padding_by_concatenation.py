# Concatenates a row and a column of zeros to the map before the convolution.
# loses: test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2)

    def forward(self, x):
        x = torch.cat([x, torch.zeros(len(x), 3, 1, 32)], dim=2)
        x = torch.cat([x, torch.zeros(len(x), 3, 33, 1)], dim=3)
        return torch.relu(self.conv(x))
