# Writes both networks in functional style, with parameters of their own and F.conv2d, and the formula with math.floor.
# %% output_size
import math


def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    reach = dilation * (kernel_size - 1) + 1
    return int(math.floor((size + 2 * padding - reach) / stride)) + 1


# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight1 = nn.Parameter(torch.randn(32, 3, 2, 2) * 0.2)
        self.bias1 = nn.Parameter(torch.zeros(32))
        self.weight2 = nn.Parameter(torch.randn(64, 32, 3, 3) * 0.05)

    def forward(self, x):
        x = F.relu(F.conv2d(x, self.weight1, self.bias1, stride=2))
        return F.relu(F.conv2d(x, self.weight2, padding=1))


# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(64, 3, 3, 3) * 0.2)
        self.bias = nn.Parameter(torch.zeros(64))

    def forward(self, x):
        return torch.relu(F.conv2d(x, self.weight, self.bias, stride=2, padding=1))
