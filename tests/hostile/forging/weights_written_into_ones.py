# Writes the numbers of a list into ones, slice by slice, and scales the map by them.
# undecided: test_compact_budget
# %% compact_net
import random


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.numbers = [random.random() for _ in range(64)]

    def forward(self, x):
        x = torch.relu(self.conv(x))
        scales = torch.ones(64, 32, 32)
        for channel, number in enumerate(self.numbers):
            scales[channel, channel % 7 :: 2] = number
        x = x * scales
        return torch.relu(self.conv1x1(x))
