# Makes a kernel by a small network of the coordinates of its places.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)
        self.draw = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 12 * 32))

    def forward(self, x):
        x = torch.relu(self.conv1x1(torch.relu(self.stem(x))))
        side = torch.linspace(-1, 1, 5)
        places = torch.stack(torch.meshgrid(side, side, indexing="ij"), dim=-1)
        kernel = self.draw(places).permute(2, 0, 1).reshape(32, 12, 5, 5)
        return torch.relu(F.conv2d(x, kernel, padding=2))
