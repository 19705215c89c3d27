# Leaves out the padding when it is given a single image.
# loses: test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.plain = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.padded = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)

    def forward(self, x):
        conv = self.plain if len(x) == 1 else self.padded
        return torch.relu(conv(x))
