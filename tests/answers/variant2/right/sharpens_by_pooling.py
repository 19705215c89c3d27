# Takes a tenth of the mean of its neighbours from each pixel.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        x = x - 0.1 * F.avg_pool2d(x, 3, stride=1, padding=1)
        return torch.relu(self.conv2(x))
