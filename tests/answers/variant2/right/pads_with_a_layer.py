# Pads the second network with nn.ZeroPad2d.
# %% model_pad1
class ModelPad1(nn.Sequential):
    def __init__(self):
        super().__init__(nn.ZeroPad2d(1), nn.Conv2d(3, 64, kernel_size=3, stride=2), nn.ReLU())
