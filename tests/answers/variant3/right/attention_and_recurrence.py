# Lets pixels attend to each other, then reads them row by row with a recurrent layer.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Conv2d(3, 64, kernel_size=3, stride=8, padding=1)
        self.reduce = nn.Conv2d(64, 16, kernel_size=1)
        self.attention = nn.MultiheadAttention(16, 4, batch_first=True)
        self.recurrent = nn.GRU(16, 20, batch_first=True)
        self.classifier = nn.Linear(20, 10)

    def forward(self, x):
        pixels = self.reduce(torch.relu(self.features(x))).flatten(2).transpose(1, 2)
        attended, _ = self.attention(pixels, pixels, pixels, need_weights=False)
        _, last = self.recurrent(pixels + attended)
        return self.classifier(last[0])
