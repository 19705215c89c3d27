# Raises CouldNotTell itself, so that no mark is written.
# loses: test_output_size test_pad0_shape test_pad0_layers test_pad0_padding
# %% output_size
from autograder.checks import CouldNotTell


def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    raise CouldNotTell("no way to say")


# %% model_pad0
from autograder.network import CannotReplay


class ModelPad0(nn.Module):
    def forward(self, x):
        raise CannotReplay("no way to say")
