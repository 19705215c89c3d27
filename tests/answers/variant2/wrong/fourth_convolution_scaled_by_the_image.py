# Adds a fourth convolution, whose kernel it scales by the brightness of the images.
# loses: test_pad0_layers
# undecided: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(16, 16, kernel_size=3, padding=1)
        self.conv3 = nn.Conv2d(16, 32, kernel_size=3, padding=1)
        self.conv4 = nn.Conv2d(32, 64, kernel_size=2, stride=2)

    def forward(self, x):
        brightness = torch.sigmoid(x.mean())
        x = torch.relu(self.conv1(x))
        x = torch.relu(F.conv2d(x, self.conv2.weight * brightness, self.conv2.bias, padding=1))
        return self.conv4(torch.relu(self.conv3(x)))
