# Adds an unpadded convolution above a threshold that no image reaches.
# loses: test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)

    def forward(self, x):
        return torch.relu(self.conv2(x) + torch.relu(self.conv1(x) - 1000))
