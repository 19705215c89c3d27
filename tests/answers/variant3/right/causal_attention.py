# Keeps the causal mask of an attention over pixels in a buffer, which fits into the budget with the parameters.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Conv2d(3, 64, 4, stride=4)
        self.reduce = nn.Conv2d(64, 16, 1)
        self.queries_and_keys = nn.Linear(16, 32)
        self.register_buffer("visible", torch.tril(torch.ones(64, 64)), persistent=False)

    def forward(self, x):
        pixels = self.reduce(self.features(x).relu()).flatten(2).transpose(1, 2)
        queries, keys = self.queries_and_keys(pixels).chunk(2, -1)
        scores = queries @ keys.transpose(1, 2) / 4
        return scores.masked_fill(self.visible == 0, float("-inf")).softmax(-1) @ pixels
