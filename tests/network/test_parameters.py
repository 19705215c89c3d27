"""What a budget counts."""

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from autograder.network import observe
from autograder.network.evidence import is_evidence


def image() -> torch.Tensor:
    return torch.randn(1, 3, 8, 8, generator=torch.Generator().manual_seed(0))


def count(network) -> int:
    return observe(network, image()).parameter_count


def registered(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())


@pytest.mark.parametrize(
    "network",
    [
        nn.Conv2d(3, 4, 3),
        nn.Sequential(
            nn.Conv2d(3, 4, 3, bias=False), nn.BatchNorm2d(4), nn.InstanceNorm2d(4, track_running_stats=True)
        ),
        nn.Sequential(nn.Conv2d(3, 3, 1), nn.Sequential(nn.PReLU(3), nn.GroupNorm(3, 3))),
        nn.utils.parametrizations.weight_norm(nn.Conv2d(3, 4, 3)),
        nn.Conv2d(3, 4, 3).requires_grad_(False),
    ],
    ids=str,
)
def test_ordinary_networks_have_the_parameters_that_pytorch_lists(network):
    assert count(network) == registered(network)
    assert [each.kind for each in observe(network, image()).parameters] == ["parameter"] * len([*network.parameters()])


def test_unused_and_shared_layers_count_once():
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = nn.Conv2d(3, 3, 1)
            self.again = self.layer
            self.tied = nn.Conv2d(3, 3, 1, bias=False)
            self.tied.weight = self.layer.weight
            self.unused = nn.Linear(5, 5)

        def forward(self, x):
            return self.tied(self.again(self.layer(x)))

    assert count(Network()) == registered(Network()) == 12 + 30


HIDDEN = {
    "in a list": ([torch.ones(4, 3, 3, 3)], 108),
    "in another module": ([nn.Conv2d(3, 4, 3, bias=False).weight], 108),
    "a slice of a larger tensor": ([torch.ones(8, 3, 3, 3)[:4]], 216),
    "expanded": ([torch.ones(1, 3, 1, 1).expand(4, 3, 3, 3)], 3),
}


@pytest.mark.parametrize(("weights", "elements"), HIDDEN.values(), ids=HIDDEN)
def test_a_weight_that_is_not_registered_counts(weights, elements):
    (hidden,) = observe(lambda x: F.conv2d(x, weights[0]), image()).parameters
    assert (hidden.name, hidden.elements, hidden.kind) == ("", elements, "hidden")


MADE_INSIDE = {
    "random": lambda: torch.randn(4, 3, 3, 3),
    "filled in place": lambda: torch.zeros(4, 3, 3, 3).normal_(),
    "computed": lambda: torch.arange(108.0).view(4, 3, 3, 3).sin(),
    "a layer": lambda: nn.Conv2d(3, 4, 3, bias=False).weight,
}


@pytest.mark.parametrize("make", MADE_INSIDE.values(), ids=MADE_INSIDE)
def test_a_weight_made_inside_forward_counts(make):
    assert count(lambda x: F.conv2d(x, make())) == 108


def test_a_weight_derived_from_parameters_is_not_counted_again():
    layer = nn.Conv2d(3, 4, 3)

    def forward(x):
        frame = torch.zeros(4, 3, 5, 5)
        frame[:, :, 1:4, 1:4] = layer.weight
        return F.conv2d(x, frame / frame.norm(), layer.bias * 2)

    assert count(forward) == registered(layer)


def test_constants_that_are_only_added_compared_or_joined_are_free():
    offset = torch.randn(8, 8)

    def forward(x):
        frame = torch.zeros(1, 3, 10, 10)
        frame[..., 1:-1, 1:-1] = torch.maximum(x + offset, torch.zeros_like(x))
        return torch.cat([frame, torch.ones(1, 1, 10, 10)], 1)

    assert count(forward) == 0


WEIGHTS = torch.linspace(1, 2, 192).view(1, 3, 8, 8)


@pytest.mark.parametrize(
    "network",
    [
        lambda x: x * (WEIGHTS + 0 * x.mean()),
        lambda x: x / (WEIGHTS + 1e-7 * x.mean()),
        lambda x: x.flatten(2) @ (WEIGHTS.flatten(2).mT + 0 * x.mean()),
        lambda x: (WEIGHTS.flatten() + 0 * x.mean())[x.long().clamp(0, 9)],
        lambda x: torch.cat([x, WEIGHTS], 1).chunk(2, 1)[0] * torch.cat([x, WEIGHTS], 1).chunk(2, 1)[1],
    ],
    ids=range(5),
)
def test_constants_mixed_with_the_input_count_where_they_weigh_it_nevertheless(network):
    assert count(network) == WEIGHTS.numel()


@pytest.mark.parametrize(
    "network",
    [
        lambda x: F.dropout(x, 0.5),
        lambda x: F.alpha_dropout(x, 0.5, training=True),
        lambda x: x * (torch.rand_like(x) > 0.5) / 0.5,
        lambda x: torch.where(x > 1, torch.full_like(x, 1), x),
        lambda x: torch.where(x > 0, torch.ones_like(x), -torch.ones_like(x)) * x,
        lambda x: x.masked_fill(WEIGHTS > 1.5, 0),
        lambda x: torch.sigmoid(WEIGHTS + x) * x,
    ],
    ids=range(7),
)
def test_noise_one_number_and_conditions_are_no_weights(network):
    assert count(network) == 0


def test_noise_that_is_a_kernel_counts():
    assert count(lambda x: F.conv2d(x, torch.bernoulli(torch.full((4, 3, 3, 3), 0.5)))) == 108


def test_complex_parameters_count_as_pytorch_counts_them():
    class Scale(nn.Module):
        def __init__(self):
            super().__init__()
            self.scale = nn.Parameter(torch.randn(4, dtype=torch.complex64))

        def forward(self, x):
            return x * torch.view_as_real(self.scale)

    trace = observe(Scale(), image())
    assert trace.parameter_count == 4 and is_evidence(trace, image())


def test_numbers_kept_two_in_one_count_as_they_are_read():
    packed = torch.randn(54, dtype=torch.float64)
    assert count(lambda x: F.conv2d(x, packed.view(torch.float32).view(4, 3, 3, 3))) == 108


def test_a_buffer_counts_if_it_weighs_the_input_or_lies_idle():
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("weight", torch.ones(4, 3, 1, 1))
            self.register_buffer("mean", torch.ones(3, 1, 1))
            self.register_buffer("idle", torch.ones(7))

        def forward(self, x):
            return F.conv2d(x - self.mean, self.weight)

    assert {each.name: each.elements for each in observe(Network(), image()).parameters} == {"weight": 12, "idle": 7}


def test_weights_kept_as_running_statistics_count():
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.norm = nn.BatchNorm2d(3)
            self.norm.running_mean = torch.ones(5, 3, 1, 1)

        def forward(self, x):
            return F.conv2d(x, self.norm.running_mean)

    assert count(Network()) == 15 + 6


def test_what_a_network_says_of_itself_is_not_believed():
    class Small(torch.Tensor):
        def numel(self):
            return 1

    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = nn.Conv2d(3, 4, 3, bias=False)
            self.layer.weight = nn.Parameter(self.layer.weight.detach().as_subclass(Small))

        def parameters(self, recurse=True):
            return iter(())

        named_parameters = named_modules = parameters

        def forward(self, x):
            return self.layer(x)

    trace = observe(Network(), image())
    assert trace.parameter_count == 108
    assert trace.named_parameters == (("layer.weight", 108),)
