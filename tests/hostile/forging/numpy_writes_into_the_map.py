# Has NumPy scale the map by hidden numbers, in the map's own memory.
# loses: test_compact_budget test_compact_pointwise test_compact_forward test_total
# %% compact_net
import numpy as np

SCALES = np.random.rand(64, 32, 32).astype("float32")


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        memory = x.numpy()
        memory *= SCALES
        return torch.relu(self.conv1x1(x))
