# Gives the padding by name, 'valid' in the first network and 'same' in the second.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=2, stride=2, padding="valid")
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding="same")

    def forward(self, x):
        return torch.relu(self.conv2(torch.relu(self.conv1(x))))


# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding="same")
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        return self.pool(torch.relu(self.conv(x)))
