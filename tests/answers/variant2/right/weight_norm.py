# Puts the weight_norm parametrization on the convolutions.
# %% model_pad0
from torch.nn.utils.parametrizations import weight_norm


class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = weight_norm(nn.Conv2d(3, 16, kernel_size=2, stride=2))
        self.conv2 = weight_norm(nn.Conv2d(16, 64, kernel_size=3, padding=1))

    def forward(self, x):
        return torch.relu(self.conv2(torch.relu(self.conv1(x))))
