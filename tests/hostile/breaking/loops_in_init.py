# Loops for ever when its network is made.
# loses: test_pad0_shape test_pad0_layers test_pad0_padding
# stops: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        while True:
            pass
