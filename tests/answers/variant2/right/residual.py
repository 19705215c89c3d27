# Adds a residual connection around a padded convolution, and a strided shortcut in the second network.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.body = nn.Conv2d(64, 64, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.stem(x))
        return torch.relu(x + self.body(x))


# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)
        self.shortcut = nn.Conv2d(3, 64, kernel_size=1, stride=2)

    def forward(self, x):
        return torch.relu(self.body(x) + self.shortcut(x))
