# Makes each network a subclass of nn.Sequential that has no forward of its own.
# %% model_pad0
class ModelPad0(nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.Conv2d(3, 16, kernel_size=4, stride=2),
            nn.ReLU(),
            nn.Conv2d(16, 64, kernel_size=2, padding=1),
            nn.ReLU(),
        )


# %% model_pad1
class ModelPad1(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Conv2d(3, 64, kernel_size=4, stride=2, padding=1), nn.ReLU())
