# Leaves PyTorch's dispatch mode inside of forward, to crop unseen.
# undecided: test_pad0_shape
# loses: test_pad0_layers test_pad0_padding
# %% model_pad0
from torch.utils._python_dispatch import _disable_current_modes


class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)

    def forward(self, x):
        with _disable_current_modes():
            return self.conv(x)[:, :, :16, :16].contiguous()
