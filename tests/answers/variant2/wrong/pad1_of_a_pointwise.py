# Gives padding 1 to a 1×1 convolution of the second network, and 2 to the larger one.
# loses: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=1, padding=1)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=7, stride=2, padding=2)

    def forward(self, x):
        return torch.relu(self.conv2(torch.relu(self.conv1(x))))
