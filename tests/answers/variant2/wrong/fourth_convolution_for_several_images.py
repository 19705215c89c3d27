# Uses a fourth convolution when it is given more than one image.
# loses: test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.shrink = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.mix = nn.Conv2d(64, 64, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.shrink(x))
        for _ in range(2 if len(x) == 1 else 3):
            x = torch.relu(self.mix(x))
        return x
