# Computes the output outside of PyTorch's dispatcher and brings it in as a constant.
# undecided: test_pad0_shape
# loses: test_pad0_layers test_pad0_padding
# %% model_pad0
import numpy as np


class ModelPad0(nn.Module):
    def forward(self, x):
        image = x.numpy()[:, :, ::2, ::2]
        return torch.from_numpy(np.tile(image, (1, 22, 1, 1))[:, :64].copy())
