# Gives the first convolution of the second network padding 1 and the second padding 2.
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, stride=2, padding=1)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=5, padding=2)

    def forward(self, x):
        return torch.relu(self.conv2(torch.relu(self.conv1(x))))
