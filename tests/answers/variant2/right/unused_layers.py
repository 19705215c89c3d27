# Declares layers that never run, and throws a fourth convolution's result away, with three on the way.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(16, 32, kernel_size=3, padding=1)
        self.conv3 = nn.Conv2d(32, 64, kernel_size=1)
        self.old_conv = nn.Conv2d(3, 64, kernel_size=5)
        self.never_called = nn.Conv2d(64, 64, kernel_size=3)

    def forward(self, x):
        self.old_conv(x)
        x = torch.relu(self.conv1(x))
        x = torch.relu(self.conv2(x))
        return torch.relu(self.conv3(x))
