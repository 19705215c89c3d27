# Pads the map of the second network before normalising and activating it, so that the next convolution sees it.
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, stride=2, padding=1)
        self.norm = nn.BatchNorm2d(32)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3)

    def forward(self, x):
        x = F.pad(self.conv1(x), (1, 1, 1, 1))
        return torch.relu(self.conv2(torch.relu(self.norm(x))))
