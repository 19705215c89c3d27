# Writes padding=0 everywhere but puts nn.ZeroPad2d before the convolution.
# loses: test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Sequential):
    def __init__(self):
        super().__init__(nn.ZeroPad2d(1), nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=0), nn.ReLU())
