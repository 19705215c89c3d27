# Convolves by a big hidden kernel only while the dispatcher is not watched.
# undecided: test_compact_forward test_compact_budget test_compact_pointwise
# %% compact_net
from torch.utils._python_dispatch import _get_current_dispatch_mode


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)
        self.hidden = [torch.randn(96, 96, 3, 3) / 30]

    def forward(self, x):
        x = torch.relu(self.conv(x))
        if _get_current_dispatch_mode() is None:
            x = torch.relu(F.conv2d(x, self.hidden[0], padding=1))
        return torch.relu(self.conv1x1(x))
