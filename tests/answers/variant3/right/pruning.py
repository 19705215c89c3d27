# Prunes half of each convolution, by masks that fit into the budget with the parameters.
# %% compact_net
from torch.nn.utils import prune


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 48, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(48, 24, kernel_size=1)
        self.conv3 = nn.Conv2d(24, 96, kernel_size=3, padding=1)
        for layer in (self.conv1, self.conv1x1, self.conv3):
            prune.l1_unstructured(layer, "weight", amount=0.5)

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        x = torch.relu(self.conv1x1(x))
        return torch.relu(self.conv3(x))
