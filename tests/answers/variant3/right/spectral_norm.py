# Puts spectral_norm on the convolutions, whose two vectors a layer fit into the budget with the parameters.
# %% compact_net
from torch.nn.utils.parametrizations import spectral_norm


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = spectral_norm(nn.Conv2d(3, 64, kernel_size=3, padding=1))
        self.conv1x1 = spectral_norm(nn.Conv2d(64, 32, kernel_size=1))
        self.conv3 = spectral_norm(nn.Conv2d(32, 96, kernel_size=3, padding=1))

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        x = torch.relu(self.conv1x1(x))
        return torch.relu(self.conv3(x))
