# Widens the map by a padded 1×1 convolution, of which an unpadded one of 3×3 takes it back.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.conv1x1 = nn.Conv2d(32, 32, kernel_size=1, padding=1)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3)

    def forward(self, x):
        x = torch.relu(self.conv1x1(torch.relu(self.conv1(x))))
        return torch.relu(self.conv2(x))
