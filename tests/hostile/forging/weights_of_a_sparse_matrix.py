# Multiplies the map's pixels by a sparse matrix of 60 000 hidden numbers.
# undecided: test_compact_budget test_compact_pointwise test_compact_forward test_total
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        places = torch.randint(0, 1024, (2, 60_000))
        self.matrix = torch.sparse_coo_tensor(places, torch.randn(60_000) / 8, (1024, 1024))

    def forward(self, x):
        x = torch.relu(self.conv(x)).flatten(2).permute(2, 0, 1)
        pixels = torch.sparse.mm(self.matrix, x.flatten(1)).view(x.shape)
        return torch.relu(self.conv1x1(pixels.permute(1, 2, 0).unflatten(2, (32, 32))))
