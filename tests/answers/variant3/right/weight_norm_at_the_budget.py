# Puts weight_norm on a network of 26 008 parameters, whose derived weights would pass the budget if counted again.
# %% compact_net
from torch.nn.utils.parametrizations import weight_norm


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = weight_norm(nn.Conv2d(3, 64, kernel_size=3, padding=1))
        self.conv1x1 = weight_norm(nn.Conv2d(64, 32, kernel_size=1))
        self.conv3 = weight_norm(nn.Conv2d(32, 76, kernel_size=3, padding=1))

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        x = torch.relu(self.conv1x1(x))
        return torch.relu(self.conv3(x))
