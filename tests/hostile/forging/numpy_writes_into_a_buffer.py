# Has NumPy write what a hidden matrix makes of the image into the memory of a registered buffer.
# undecided: test_compact_budget test_compact_forward test_compact_pointwise
# %% compact_net
import numpy as np

MATRIX = np.random.randn(1024, 1024).astype("float32") / 100


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.register_buffer("seen", torch.zeros(1024))
        self.memory = self.seen.numpy()

    def forward(self, x):
        self.memory[:] = x.numpy().mean(axis=(0, 1)).ravel() @ MATRIX
        x = torch.relu(self.conv(x) + self.seen.view(32, 32))
        return torch.relu(self.conv1x1(x))
