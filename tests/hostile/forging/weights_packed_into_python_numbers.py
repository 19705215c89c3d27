# Keeps sixty-two bits of a lookup in each of 1024 Python numbers, which operators take apart by shifts.
# undecided: test_compact_budget
# %% compact_net
NUMBERS = torch.randint(0, 2**62, (1024,)).tolist()


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        places = (x * 32).long().clamp(0, 61)
        rows = places.transpose(0, 1).reshape(64, len(x), 16, 64).transpose(1, 2).flatten(0, 1).unbind()
        bits = torch.stack([torch.bitwise_right_shift(*pair) & 1 for pair in zip(NUMBERS, rows)])
        x = bits.view(64, 16, len(x), 64).permute(2, 0, 1, 3).reshape(x.shape).float()
        return torch.relu(self.conv1x1(x))
