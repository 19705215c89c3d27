# Computes a branch with a big matrix in a thread, where nothing is recorded.
# undecided: test_compact_budget test_compact_forward test_compact_pointwise
# %% compact_net
from concurrent.futures import ThreadPoolExecutor


class CompactNet(nn.Module):
    matrix = torch.randn(1024, 1024) / 100

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def branch(self, x):
        return (x.detach().mean(dim=1).flatten(1) @ self.matrix).view(-1, 1, 32, 32)

    def forward(self, x):
        with ThreadPoolExecutor(1) as thread:
            seen = thread.submit(self.branch, x).result()
        return torch.relu(self.conv1x1(torch.relu(self.conv(x) + seen)))
