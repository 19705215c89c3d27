# Pads the second network with nn.ReflectionPad2d and nn.ReplicationPad2d.
# %% model_pad1
class ModelPad1(nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.ReflectionPad2d(1),
            nn.Conv2d(3, 32, kernel_size=3, stride=2),
            nn.ReLU(),
            nn.ReplicationPad2d(1),
            nn.Conv2d(32, 64, kernel_size=3),
            nn.ReLU(),
        )
