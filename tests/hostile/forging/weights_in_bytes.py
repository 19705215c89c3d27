# Reads the numbers of a big kernel from a string of bytes.
# loses: test_compact_budget
# %% compact_net
import numpy as np

BYTES = bytearray((np.random.randn(96, 96, 3, 3) / 30).astype("float32").tobytes())


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        kernel = torch.frombuffer(BYTES, dtype=torch.uint8).view(torch.float32).view(96, 96, 3, 3)
        x = torch.relu(F.conv2d(x, kernel, padding=1))
        return torch.relu(self.conv1x1(x))
