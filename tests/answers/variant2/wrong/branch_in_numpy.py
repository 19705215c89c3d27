# Adds to the map what NumPy computes from the image, out of sight.
# undecided: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
import numpy as np


class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)

    def forward(self, x):
        seen = np.tanh(x.detach().numpy()[:, :1, ::2, ::2])
        return torch.relu(self.conv(x)) + torch.from_numpy(seen)
