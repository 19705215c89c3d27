# Pads the second network when it is given a single image.
# loses: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.plain = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.padded = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)

    def forward(self, x):
        conv = self.padded if len(x) == 1 else self.plain
        return torch.relu(conv(x))
