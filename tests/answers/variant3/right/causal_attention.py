# Keeps the causal mask of an attention over pixels in a buffer of a million places.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 64, 3, padding=1)
        self.r = nn.Conv2d(64, 16, 1)
        self.q = nn.Linear(16, 32)
        self.register_buffer('tril', torch.tril(torch.ones(1024, 1024)), persistent=False)

    def forward(self, x):
        h = self.r(self.a(x).relu()).flatten(2).transpose(1, 2)
        q, k = self.q(h).chunk(2, -1)
        s = q @ k.transpose(1, 2) / 4
        return s.masked_fill(self.tril == 0, float('-inf')).softmax(-1) @ h
