# Crops the map from 18×18 to 16×16 between two convolutions by negative padding.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=15)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        return torch.relu(self.conv2(F.pad(x, (-1, -1, -1, -1))))
