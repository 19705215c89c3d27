"""What parts of a network cost, against hand-made sums and what PyTorch's own counter and autograd tell."""

import pytest
import torch
from torch import nn

from autograder.network.costs import Cost, costs

IMAGE = torch.randn(2, 3, 8, 8)
FLOAT = 4  # bytes


def chain(**parts):
    network = nn.Sequential()
    for name, part in parts.items():
        network.add_module(name, part)
    return network


def test_a_convolution_keeps_its_input_and_a_relu_its_output_once():
    network = chain(a=nn.Conv2d(3, 4, 3), b=nn.ReLU(), c=nn.Conv2d(4, 6, 3, stride=2, groups=2, bias=False))
    assert costs(network, IMAGE) == {
        "a": Cost(4 * 27 + 4, 2 * 4 * 36 * 27, IMAGE.nbytes),
        "b": Cost(0, 0, 2 * 4 * 36 * FLOAT),
        "c": Cost(6 * 2 * 9, 2 * 6 * 4 * 2 * 9, 0),  # its input is what the ReLU keeps
    }


def test_a_frozen_part_keeps_nothing():
    network = chain(a=nn.Conv2d(3, 4, 3).requires_grad_(False), b=nn.Conv2d(4, 4, 1))
    assert [each.kept_bytes for each in costs(network, IMAGE).values()] == [0, 2 * 4 * 36 * FLOAT]


def test_a_part_that_stands_twice_runs_twice_and_has_its_parameters_once():
    convolution, relu = nn.Conv2d(3, 3, 3), nn.ReLU()
    twice = costs(nn.Sequential(convolution, relu, convolution, relu), IMAGE)
    with_twins = costs(nn.Sequential(convolution, relu, nn.Conv2d(3, 3, 3), nn.ReLU()), IMAGE)
    assert [each.multiply_adds for each in twice.values()] == [each.multiply_adds for each in with_twins.values()]
    assert [each.parameters for each in twice.values()] == [84, 0, 0, 0]
    assert sum(each.parameters for each in with_twins.values()) == 2 * 84


def test_the_network_stays_as_it_was():
    network = chain(a=nn.Conv2d(3, 4, 3), b=nn.BatchNorm2d(4)).eval()
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    costs(network, IMAGE)
    assert not network.training
    for name, tensor in network.state_dict().items():
        assert torch.equal(tensor, before[name])


@pytest.mark.parametrize("batch", [1, 3])
def test_memory_grows_with_the_batch_and_parameters_do_not(batch):
    network = chain(a=nn.Conv2d(3, 4, 3), b=nn.ReLU(), c=nn.Flatten(), d=nn.Linear(144, 5))
    one, more = costs(network, IMAGE[:1]), costs(network, torch.randn(batch, 3, 8, 8))
    for name in one:
        assert more[name].parameters == one[name].parameters
        assert more[name].multiply_adds == batch * one[name].multiply_adds
        assert more[name].kept_bytes == batch * one[name].kept_bytes
