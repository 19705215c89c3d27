# Pads the second network by reflection.
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1, padding_mode="reflect")

    def forward(self, x):
        return torch.relu(self.conv(x))
