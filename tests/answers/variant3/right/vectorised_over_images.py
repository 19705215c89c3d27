# Is written for one image, and vectorised over the batch.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)

    def one(self, image):
        return torch.relu(self.conv1x1(torch.relu(self.conv1(image))))

    def forward(self, x):
        return torch.vmap(self.one)(x)
