# Packs four scales into each complex number of double precision.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)
        self.hidden = [torch.rand(24, 32, 32, dtype=torch.complex128)]

    def forward(self, x):
        x = torch.relu(self.conv(x))
        scales = torch.view_as_real(self.hidden[0]).flatten().view(torch.float32).view(96, 32, 32)
        x = x * scales.nan_to_num(0, 0, 0).clamp(-1, 1)
        return torch.relu(self.conv1x1(x))
