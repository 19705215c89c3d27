# Has NumPy write a map that it makes of the image into the memory of a registered buffer.
# undecided: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
import numpy as np


class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.register_buffer("seen", torch.zeros(16, 16))
        self.memory = self.seen.numpy()

    def forward(self, x):
        self.memory[:] = np.tanh(x.numpy().mean(axis=(0, 1))[4:20, 4:20])
        return torch.relu(self.conv(x)) + self.seen
