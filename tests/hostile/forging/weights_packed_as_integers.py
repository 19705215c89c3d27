# Packs eight scales into each integer, which it takes apart by shifts.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.hidden = [torch.randint(-(2**63), 2**63 - 1, (8, 32, 32))]

    def forward(self, x):
        x = torch.relu(self.conv(x))
        scales = torch.stack([(self.hidden[0] >> (8 * place)) & 255 for place in range(8)])
        x = x * (scales.view(64, 32, 32) / 255)
        return torch.relu(self.conv1x1(x))
