# Reads its sizes, slopes and switches from a dictionary of Python numbers in forward.
# %% compact_net
SETTINGS = {"slope": 0.1, "scale": 1.5, "pool": True, "repeats": 2}


class CompactNet(nn.Module):
    def __init__(self, settings=SETTINGS):
        super().__init__()
        self.settings = settings
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)
        self.conv3 = nn.Conv2d(12, 12, kernel_size=3, padding=1)

    def forward(self, x):
        x = self.conv1x1(F.leaky_relu(self.conv1(x), self.settings["slope"]) * self.settings["scale"])
        for _ in range(self.settings["repeats"]):
            x = F.leaky_relu(self.conv3(x), self.settings["slope"])
        return F.avg_pool2d(x, 2) if self.settings["pool"] else x
