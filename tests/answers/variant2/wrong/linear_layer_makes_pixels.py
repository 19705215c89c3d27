# Makes 256 pixels of 64 with a linear layer.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=4, stride=4)
        self.pixels = nn.Linear(64, 256)

    def forward(self, x):
        x = torch.relu(self.conv(x)).flatten(2)
        return torch.relu(self.pixels(x)).view(-1, 64, 16, 16)
