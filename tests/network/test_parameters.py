"""What a budget counts, at least and at most."""

import pytest
import torch
from confirming import is_evidence
from torch import nn
from torch.nn import functional as F

from autograder.network import observe


def image() -> torch.Tensor:
    return torch.randn(1, 3, 8, 8, generator=torch.Generator().manual_seed(0))


def bounds(network) -> tuple[int, int]:
    found = observe(network, image()).parameter_bounds
    return found.at_least, found.at_most


def both(count: int) -> tuple[int, int]:
    return count, count


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
    assert bounds(network) == both(registered(network))
    tensors = observe(network, image()).parameter_bounds.tensors
    assert [each.kind for each in tensors] == ["parameter"] * len([*network.parameters()])


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

    assert bounds(Network()) == both(registered(Network())) == both(12 + 30)


HIDDEN = {
    "in a list": ([torch.ones(4, 3, 3, 3)], 108),
    "in another module": ([nn.Conv2d(3, 4, 3, bias=False).weight], 108),
    "a slice of a larger tensor": ([torch.ones(8, 3, 3, 3)[:4]], 216),
    "expanded": ([torch.ones(1, 3, 1, 1).expand(4, 3, 3, 3)], 3),
}


@pytest.mark.parametrize(("weights", "elements"), HIDDEN.values(), ids=HIDDEN)
def test_a_weight_that_is_not_registered_counts(weights, elements):
    (hidden,) = observe(lambda x: F.conv2d(x, weights[0]), image()).parameter_bounds.tensors
    assert (hidden.name, hidden.at_least, hidden.at_most, hidden.kind) == ("", *both(elements), "outside")


MADE_INSIDE = {
    "random": lambda: torch.randn(4, 3, 3, 3),
    "filled in place": lambda: torch.zeros(4, 3, 3, 3).normal_(),
    "computed": lambda: torch.arange(108.0).view(4, 3, 3, 3).sin(),
    "a layer": lambda: nn.Conv2d(3, 4, 3, bias=False).weight,
}


@pytest.mark.parametrize("make", MADE_INSIDE.values(), ids=MADE_INSIDE)
def test_a_weight_made_inside_forward_counts(make):
    assert bounds(lambda x: F.conv2d(x, make())) == both(108)


def test_a_weight_derived_from_parameters_is_not_counted_again():
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = nn.Conv2d(3, 4, 3)

        def forward(self, x):
            frame = torch.zeros(4, 3, 5, 5)
            frame[:, :, 1:4, 1:4] = self.layer.weight / self.layer.weight.norm()
            return F.conv2d(x, frame.flip(2), self.layer.bias * 2)

    assert bounds(Network()) == both(registered(Network()))


def test_constants_that_are_only_added_compared_or_joined_count_at_most():
    offset = torch.randn(8, 8)

    def forward(x):
        frame = torch.zeros(1, 3, 10, 10)
        frame[..., 1:-1, 1:-1] = torch.maximum(x + offset, torch.zeros_like(x))
        return torch.cat([frame, torch.ones(1, 1, 10, 10)], 1)

    assert bounds(forward) == (0, 64)


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
def test_constants_mixed_with_the_input_count(network):
    at_least, at_most = bounds(network)
    assert at_least in (0, WEIGHTS.numel()) and WEIGHTS.numel() <= at_most <= WEIGHTS.numel() + 1


def test_weights_that_stand_still_when_the_input_moves_are_plainly_weights():
    assert bounds(lambda x: F.conv2d(x, torch.ones(4, 3, 3, 3).normal_() + 1e-7 * x.mean())) == both(108)


@pytest.mark.parametrize(
    ("network", "at_most"),
    [
        (lambda x: F.dropout(x, 0.5), 192),
        (lambda x: F.alpha_dropout(x, 0.5, training=True), 2 * 192),  # a mask, and another made of it
        (lambda x: x * (torch.rand_like(x) > 0.5) / 0.5, 192),
        (lambda x: x.masked_fill(WEIGHTS > 1.5, 0), 192),
        (lambda x: torch.sigmoid(WEIGHTS + x) * x, 192),
        (lambda x: x[:, [2, 1, 0]], 3),
        (lambda x: torch.where(x > 1, torch.full_like(x, 1), x), 0),
        (lambda x: x[:, torch.arange(2, -1, -1)], 0),
        (lambda x: torch.cat([x, torch.linspace(-1, 1, 8).expand(1, 1, 8, 8)], 1), 0),
        (lambda x: x.flip(1) + torch.eye(8), 0),
    ],
    ids=range(10),
)
def test_noise_masks_and_tables_count_at_most_and_patterns_not_at_all(network, at_most):
    assert bounds(network) == (0, at_most)


def by_slices(x):
    weight = torch.ones(64, 3, 3, 3)
    for channel in range(64):
        weight[channel] *= (channel * 0.7) % 1
        weight[channel, :, 0] += (channel * 0.3) % 1
    return F.conv2d(x, weight)


@pytest.mark.parametrize(
    ("network", "at_most"),
    [
        (lambda x: F.conv2d(x, (torch.arange(1728.0) * 12.9898).sin().view(64, 3, 3, 3)), range(1500, 1729)),
        (lambda x: F.conv2d(x, (torch.arange(1728.0) * (1 + 0 * x.mean())).sin().view(64, 3, 3, 3)), range(1500, 1731)),
        (by_slices, range(50, 1729)),
        (lambda x: F.conv2d(x, torch.ones(64, 3, 3, 3).tril() * 0.5), range(1, 300)),
    ],
    ids=["hashed", "hashed with the input's zero", "ones changed by slices", "a triangle of one number"],
)
def test_what_is_made_from_nothing_counts_as_what_it_takes_to_write_it_down(network, at_most):
    assert bounds(network)[1] in at_most


def test_noise_that_is_a_kernel_counts():
    assert bounds(lambda x: F.conv2d(x, torch.bernoulli(torch.full((4, 3, 3, 3), 0.5))))[0] >= 108


def test_complex_parameters_are_two_numbers_each_at_most():
    class Scale(nn.Module):
        def __init__(self):
            super().__init__()
            self.scale = nn.Parameter(torch.randn(8, 4, dtype=torch.complex64))

        def forward(self, x):
            return x * torch.view_as_real(self.scale).flatten(1)

    trace = observe(Scale(), image())
    assert trace.parameter_bounds.at_least == 32 and trace.parameter_bounds.at_most == 64
    assert is_evidence(trace, image())


def test_numbers_kept_two_in_one_count_as_they_are_read():
    packed = torch.randn(108).view(torch.float64)
    assert bounds(lambda x: F.conv2d(x, packed.view(torch.float32).view(4, 3, 3, 3))) == both(108)


BYTES = torch.randint(256, (108,), dtype=torch.uint8, generator=torch.Generator().manual_seed(1))
FLOATS = torch.randn(108, generator=torch.Generator().manual_seed(2))


def nibbles(x):
    return F.conv2d(x, torch.stack([BYTES & 15, BYTES >> 4]).view(8, 3, 3, 3) / 16.0 - 0.5)


def one_by_one(x):
    weight = torch.zeros(216)
    weight[:108], weight[108:] = BYTES % 16, BYTES // 16
    return F.conv2d(x, weight.view(8, 3, 3, 3))


def whole_and_fraction(x):
    return F.conv2d(x, torch.cat([(FLOATS * 64 + 2**23) - 2**23, FLOATS * 64 % 1]).view(8, 3, 3, 3))


def outer(x):
    return F.conv2d(x, (FLOATS[:72, None] * FLOATS[None, :3]).view(8, 3, 3, 3))


@pytest.mark.parametrize("network", [nibbles, one_by_one, whole_and_fraction, outer])
def test_several_numbers_kept_in_one_count_as_they_are_used(network):
    assert bounds(network)[1] == 216


def test_numbers_put_together_from_patterns_count():
    levels = torch.linspace(-1, 1, 16).tolist()

    def forward(x):
        return F.conv2d(x, torch.stack([torch.full((), levels[code & 15]) for code in BYTES.tolist()]).view(4, 3, 3, 3))

    assert bounds(forward)[1] >= 100


def test_complex_numbers_made_from_nothing_are_counted():
    def forward(x):
        return (x * torch.polar(torch.ones(8, 8), torch.arange(64.0).view(8, 8).sin())).real

    assert bounds(forward)[1] >= 64


def test_a_made_kernel_times_a_parameter_counts():
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.scale = nn.Parameter(torch.ones(()))

        def forward(self, x):
            return F.conv2d(x, (torch.arange(108.0) * 12.9898).sin().view(4, 3, 3, 3) * self.scale)

    assert bounds(Network()) == (1, 108)


def test_numbers_drawn_into_memory_that_moved_count():
    def forward(x):
        memory = torch.cat([x.flatten(), x.flatten()])
        memory[:108].normal_()
        return F.conv2d(x, memory[:108].view(4, 3, 3, 3))

    assert bounds(forward)[1] >= 108


@pytest.mark.parametrize(
    "write_over", [torch.Tensor.zero_, lambda weight: weight.fill_(1), lambda weight: weight.view(4, -1)[:, 0].zero_()]
)
def test_weights_that_are_written_over_after_their_use_count(write_over):
    numbers, places = torch.randn(4, 3, 3, 3).tolist(), torch.arange(108.0).view(4, 3, 3, 3)

    def from_a_list(x):
        weight = torch.tensor(numbers)
        output = F.conv2d(x, weight)
        write_over(weight)
        return output

    def made(x):
        weight = (places * 12.9898 * torch.full((), 2.0)).sin()
        output = F.conv2d(x, weight)
        write_over(weight)
        return output

    assert bounds(from_a_list) == both(108)
    assert bounds(made)[1] >= 108


@pytest.mark.parametrize("kind", [nn.GRU, nn.LSTM, nn.RNN])
@pytest.mark.parametrize("settings", [{}, {"num_layers": 2, "bidirectional": True}], ids=["one layer", "four"])
def test_a_recurrent_layer_has_the_parameters_that_pytorch_lists(kind, settings):
    layer = kind(8, 6, batch_first=True, **settings)
    assert bounds(_First(layer)) == both(registered(layer))


@pytest.mark.parametrize(("kind", "settings"), [(nn.RNN, {"bias": False}), (nn.LSTM, {"proj_size": 4})])
def test_a_state_of_zeros_makes_no_numbers_of_weights(kind, settings):
    layer = kind(8, 6, batch_first=True, **settings)
    assert bounds(_First(layer)) == both(registered(layer))


class _First(nn.Module):
    """What a layer returns first, of the rows of an image's first channel."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, x):
        return self.layer(x[:, 0])[0]


def test_a_buffer_counts_where_it_has_a_part_in_the_output():
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("weight", torch.ones(4, 3, 1, 1))
            self.register_buffer("mean", torch.ones(3, 1, 1))
            self.register_buffer("idle", torch.ones(7))

        def forward(self, x):
            return F.conv2d(x - self.mean, self.weight)

    found = {each.name: (each.at_least, each.at_most) for each in observe(Network(), image()).parameter_bounds.tensors}
    assert found == {"weight": both(12), "mean": (0, 3)}


def test_weights_kept_as_running_statistics_count():
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.norm = nn.BatchNorm2d(3)
            self.norm.running_mean = torch.ones(5, 3, 1, 1)

        def forward(self, x):
            return F.conv2d(x, self.norm.running_mean)

    assert bounds(Network()) == (15 + 6, 15 + 6)


def test_running_statistics_of_more_channels_than_layers_put_out_count():
    norm = nn.BatchNorm2d(48, affine=False)
    honest = nn.Sequential(nn.Conv2d(3, 48, 1, bias=False), norm)
    assert bounds(honest) == both(144)

    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.norm = norm

        def forward(self, x):
            return self.norm(x.repeat(1, 16, 1, 1)).unflatten(1, (16, 3)).sum(2)

    assert bounds(Network()) == (0, 96)


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
    assert trace.parameter_bounds.at_least == trace.parameter_bounds.at_most == 108
    assert trace.named_parameters == (("layer.weight", 108),)
