# Weighs the image with a hidden matrix in a thread, which gives one Python number back.
# undecided: test_compact_budget test_compact_forward test_compact_pointwise
# %% compact_net
from concurrent.futures import ThreadPoolExecutor

HIDDEN = torch.rand(64, 32, 32)


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        with ThreadPoolExecutor(1) as thread:
            factor = thread.submit(lambda: float((x.mean(dim=0) * HIDDEN).mean())).result()
        x = x * (1 + factor)
        return torch.relu(self.conv1x1(x))
