# Crops the map in a thread, where nothing is recorded.
# undecided: test_pad0_shape
# loses: test_pad0_layers test_pad0_padding
# %% model_pad0
from concurrent.futures import ThreadPoolExecutor


class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)

    def forward(self, x):
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: self.conv(x).detach()[:, :, :16, :16].contiguous()).result() + 0
