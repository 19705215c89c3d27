# Keeps a lookup of sixty-two bits for each channel in a Python number, beside 48 220 parameters.
# undecided: test_compact_budget
# %% compact_net
NUMBERS = torch.randint(0, 2**62, (64,)).tolist()


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)  # 64·(3·3·3) + 64 = 1792
        self.mix = nn.Conv2d(64, 64, kernel_size=3, padding=1)  # 64·(64·3·3) + 64 = 36928
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)  # 12·64 + 12 = 780
        self.last = nn.Conv2d(12, 80, kernel_size=3, padding=1)  # 80·(12·3·3) + 80 = 8720

    def forward(self, x):
        x = torch.relu(self.mix(torch.relu(self.conv(x))))
        places = (x * 32).long().clamp(0, 61).unbind(1)
        bits = torch.stack([torch.bitwise_right_shift(*pair) for pair in zip(NUMBERS, places)], dim=1) & 1
        return torch.relu(self.last(torch.relu(self.conv1x1(bits.float()))))
