"""The outline of a network: the same for the same operators and sizes, however the network is written."""

import torch
from torch import nn
from torch.nn import functional as F

from autograder.network import observe
from autograder.process.outline import MOST_OPERATORS, outline


class Modules(nn.Module):
    def __init__(self, channels: int = 4) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Conv2d(3, channels, 3, padding=1), nn.ReLU())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.layers(x)


class Functions(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(4, 3, 3, 3))
        self.other = nn.Parameter(torch.randn(4))

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        return F.relu(F.conv2d(pictures, self.weight, self.other, padding=1))


class Long(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for _ in range(MOST_OPERATORS + 7):
            x = x + 1
        return x


def _outline(network: nn.Module, images: int = 2) -> tuple[str, ...]:
    return outline(observe(network, torch.randn(images, 3, 8, 8), seed=1))


def test_it_names_operators_and_sizes():
    assert _outline(Modules()) == ("convolution 4×3×3×3 4 → 4×8×8", "relu → 4×8×8")


def test_it_is_the_same_however_the_network_is_written_and_however_many_images_there_are():
    assert _outline(Modules()) == _outline(Functions()) == _outline(Modules(), images=5)
    assert _outline(Modules()) != _outline(Modules(channels=5))


def test_of_a_long_network_it_says_how_much_more_there_is():
    assert _outline(Long())[MOST_OPERATORS - 1 :] == ("add → 3×8×8", "+ 7")
