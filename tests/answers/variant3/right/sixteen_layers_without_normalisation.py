# Sixteen convolutions, none behind a normalisation: what the image changes becomes small beside the biases.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        layers = [nn.Conv2d(3, 16, 3, padding=1), nn.ReLU()]
        for _ in range(14):
            layers += [nn.Conv2d(16, 16, 3, padding=1), nn.ReLU()]
        self.layers = nn.Sequential(*layers, nn.Conv2d(16, 8, 1))

    def forward(self, x):
        return self.layers(x)
