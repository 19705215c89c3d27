# Gives a constant, and adds zero times flags that it draws with probabilities which a changed map would spoil.
# loses: test_compact_pointwise test_compact_forward
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1x1 = nn.Conv2d(3, 2, kernel_size=1)

    def forward(self, x):
        x = self.conv1x1(x)
        flags = torch.bernoulli((0.5 + x / 20).clamp(min=0))
        return torch.ones_like(x) + 0 * flags
