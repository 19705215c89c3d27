# Uses the whole budget in double precision, into which it turns the image.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 120, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(120, 50, kernel_size=1)
        self.conv3 = nn.Conv2d(50, 90, kernel_size=3, padding=1)
        self.double()

    def forward(self, x):
        x = torch.relu(self.conv1(x.double()))
        x = torch.relu(self.conv1x1(x))
        return torch.relu(self.conv3(x)).float()
