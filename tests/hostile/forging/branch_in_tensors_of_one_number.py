# Gives the numbers of a hidden branch back as 64 tensors of one number each.
# undecided: test_compact_budget test_compact_forward test_compact_pointwise
# %% compact_net
import numpy as np

MATRIX = np.random.randn(64, 1024).astype("float32") / 1024


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
    def forward(self, x):
        seen = MATRIX @ x.numpy().mean(axis=(0, 1)).ravel()
        x = torch.relu(self.conv(x))
        x = torch.stack([x[:, channel] * (1 + torch.tensor(float(seen[channel]))) for channel in range(64)], dim=1)
        return torch.relu(self.conv1x1(x))
