# Runs forward under torch.inference_mode.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding="same")

    @torch.inference_mode()
    def forward(self, x):
        return torch.relu(self.conv2(torch.relu(self.conv1(x))))


# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)

    def forward(self, x):
        with torch.inference_mode():
            return torch.relu(self.conv(x))
