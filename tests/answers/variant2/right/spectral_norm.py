# Puts the spectral_norm parametrization on the convolutions.
# %% model_pad1
from torch.nn.utils.parametrizations import spectral_norm


class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = spectral_norm(nn.Conv2d(3, 16, kernel_size=3, stride=2, padding=1))
        self.conv2 = spectral_norm(nn.Conv2d(16, 64, kernel_size=1))

    def forward(self, x):
        return torch.relu(self.conv2(torch.relu(self.conv1(x))))
