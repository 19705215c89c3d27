# Uses four convolutions.
# loses: test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.Conv2d(3, 16, kernel_size=2, stride=2),
            nn.ReLU(),
            nn.Conv2d(16, 16, kernel_size=3, padding=1),
            nn.ReLU(),
            nn.Conv2d(16, 32, kernel_size=3, padding=1),
            nn.ReLU(),
            nn.Conv2d(32, 64, kernel_size=1),
            nn.ReLU(),
        )
