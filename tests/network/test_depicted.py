"""What a picture shows of a network is kept as JSON, and drawn from it as from the network itself."""

import json

import pytest
import torch
from torch import nn

from autograder.figures.depiction import depict
from autograder.network import Trace, observe
from autograder.network.depicted import MOST_LAYERS, as_plain, from_plain
from autograder.network.field import Sight, growth


def trace(layers: int = 2) -> Trace:
    convolutions = [nn.Conv2d(3, 3, 3, padding=1) for _layer in range(layers)]
    return observe(nn.Sequential(*convolutions, nn.ReLU(), nn.MaxPool2d(2)), torch.zeros(2, 3, 16, 16))


def sight() -> Sight:
    return Sight((16, 16), 9, None, growth(trace(), frozenset({0, 1})).stages)


def stopped() -> Trace:
    return observe(nn.Sequential(nn.Conv2d(3, 4, 3), nn.Linear(3, 3)), torch.zeros(2, 3, 16, 16))


def classifier() -> Trace:
    head = nn.Sequential(nn.Flatten(), nn.Linear(588, 10), nn.Linear(10, 2, bias=False))
    return observe(nn.Sequential(nn.Conv2d(3, 3, 3), head), torch.zeros(2, 3, 16, 16))


@pytest.mark.parametrize(
    "shown", [trace(), classifier(), sight(), stopped()], ids=["shapes", "linear layers", "sight", "stopped"]
)
def test_the_picture_is_the_same_after_a_file(shown):
    kept = json.loads(json.dumps(as_plain(shown)))

    assert depict(from_plain(kept), "ru").svg() == depict(shown, "ru").svg()
    assert len(json.dumps(kept)) < 10_000


def test_a_network_of_very_many_layers_has_no_picture():
    assert as_plain(trace(MOST_LAYERS)) is None


@pytest.mark.parametrize("plain", [3, "text", {"record": "Stop", "fields": []}, {"record": "os", "fields": []}])
def test_what_is_none_of_ours_is_refused(plain):
    with pytest.raises(ValueError):
        from_plain(plain)
