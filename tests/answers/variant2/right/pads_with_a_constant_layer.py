# Pads the second network with a layer that puts halves around the map.
# %% model_pad1
class ModelPad1(nn.Sequential):
    def __init__(self):
        super().__init__(nn.ConstantPad2d(1, 0.5), nn.Conv2d(3, 64, kernel_size=3, stride=2), nn.ReLU())
