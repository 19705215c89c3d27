# Has NumPy weigh the image with hidden numbers, and multiplies the map by the one number that comes of it.
# undecided: test_compact_budget test_compact_forward test_compact_pointwise
# %% compact_net
import numpy as np

HIDDEN = np.random.rand(64, 32, 32).astype("float32")


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        seen = x.numpy().mean(axis=0)
        x = x * (1 + float((seen * HIDDEN).mean()))
        return torch.relu(self.conv1x1(x))
