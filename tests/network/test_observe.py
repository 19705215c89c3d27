"""Observing leaves everything as found, and a network that fails is told apart by place."""

import random
import sys
import warnings

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from autograder.network import CannotReplay, Stop, observe, replay
from autograder.network.evidence import confirmed
from autograder.network.records import LONE


def image(batch: int = 1) -> torch.Tensor:
    return torch.randn(batch, 3, 32, 32, generator=torch.Generator().manual_seed(batch))


def test_what_forward_puts_in_the_place_of_numbers_and_tensors_is_put_back():
    class Counting(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("mean", torch.zeros(3))
            self.runs, self.factor = 0, torch.ones(1)

        def forward(self, x):
            self.runs += 1
            self.mean, self.factor = self.mean + x.mean((0, 2, 3)), 2 * self.factor
            return x * self.factor - self.mean.view(1, -1, 1, 1) / self.runs

    network = Counting()
    mean, factor = network.mean, network.factor
    trace = observe(network, image(), others=image() + 1)
    assert confirmed(trace, image(), image() + 1).reading.is_followed
    assert network.runs == 0 and network.mean is mean and network.factor is factor


def test_network_and_random_states_are_left_as_found():
    network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Dropout(), nn.Conv2d(4, 4, 1)).train()
    network[3].eval()
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    states = torch.get_rng_state(), random.getstate(), np.random.get_state()[1].tolist()
    x = image()
    given = x.clone()

    observe(network, x)

    assert torch.equal(x, given)
    assert [module.training for module in network] == [True, True, True, False]
    assert all(torch.equal(before[name], tensor) for name, tensor in network.state_dict().items())
    assert torch.equal(states[0], torch.get_rng_state())
    assert states[1:] == (random.getstate(), np.random.get_state()[1].tolist())


def test_buffers_that_forward_changes_are_restored():
    class Counting(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("calls", torch.zeros(1))

        def forward(self, x):
            self.calls += 1
            return x * self.calls

    network = Counting()
    trace = observe(network, image())
    assert network.calls.item() == 0
    assert torch.equal(trace.output_tensors[LONE], image())


def test_prints_and_warnings_stay_inside(capsys):
    def network(x):
        print("layer 1")
        print("layer 2", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        return x

    observe(network, image())
    assert capsys.readouterr() == ("", "")


def test_a_network_that_raises_is_traced_up_to_the_operator_that_failed():
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv1 = nn.Conv2d(3, 32, 3, stride=2)
            self.conv2 = nn.Conv2d(16, 64, 3)

        def forward(self, x):
            return self.conv2(self.conv1(x).relu())

    trace = observe(Network(), image())
    assert trace.output_shape is None and trace.convolutions == ()
    assert trace.stopped.module == "conv2" and trace.stopped.module_class == "Conv2d"
    assert trace.stopped.received == ((1, 32, 15, 15),)
    assert trace.stopped.operator == "aten.convolution.default"
    assert "to have 16 channels" in trace.stopped.message
    assert [operator.module for operator in trace.operators] == ["conv1", ""]


def test_an_error_of_the_networks_own_code_has_no_operator():
    def network(x):
        raise NotImplementedError

    assert observe(network, image()).stopped == Stop("", "", (), None, "NotImplementedError", "")


@pytest.mark.parametrize(("result", "name"), [(None, "NoneType"), ((1, 2), "tuple"), ("text", "str")])
def test_what_is_not_a_tensor_is_named(result, name):
    trace = observe(lambda x: result, image())
    assert (trace.returned, trace.output_shape, trace.stopped) == (name, None, None)


def test_modules_are_named_wherever_they_lie():
    hidden = nn.Conv2d(4, 4, 1)

    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.block = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU())

        def forward(self, x):
            return F.conv2d(hidden(self.block(x)), torch.ones(1, 4, 1, 1))

    assert [each.module for each in observe(Network(), image()).convolutions] == ["block.0", "(Conv2d)", ""]


def test_inference_mode_shows_the_same_as_no_grad():
    layers = nn.Sequential(nn.Conv2d(3, 4, 2, padding="same"), nn.MaxPool2d(2), nn.Conv2d(4, 4, 3, padding="valid"))

    def inferring(x):
        with torch.inference_mode():
            return layers(x)

    plain, inferred = observe(layers, image()), observe(inferring, image())
    assert torch.equal(plain.output_tensors[LONE], inferred.output_tensors[LONE])
    assert [each.name for each in plain.operators] == [each.name for each in inferred.operators]
    assert [each.seen_padding for each in plain.convolutions] == [each.seen_padding for each in inferred.convolutions]


@pytest.mark.parametrize("registered", [True, False])
def test_sparse_tensors_are_not_recorded_and_no_replay_is_tried(registered):
    class Sparse(nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = torch.eye(32).to_sparse()
            if registered:
                self.weight = nn.Parameter(self.weight)

        def forward(self, x):
            return torch.sparse.mm(self.weight.detach(), x[0, 0])

    trace = observe(Sparse(), image())
    assert trace.stopped is None
    with pytest.raises(CannotReplay, match="not an operator that a replay knows"):
        replay(trace, image())


@pytest.mark.filterwarnings("ignore:torch.quantize_per_tensor")
def test_an_operator_with_an_argument_that_no_record_holds_is_not_replayed():
    weight = torch.quantize_per_tensor(torch.ones(4, 3 * 32 * 32), 0.1, 0, torch.qint8)
    packed = torch.ops.quantized.linear_prepack(weight, None)
    trace = observe(lambda x: torch.ops.quantized.linear_dynamic(x.flatten(1), packed), image())
    assert trace.operators[-1].name.startswith("unrecorded.quantized.")
    with pytest.raises(CannotReplay):
        replay(trace, image())


class Lazy(nn.Sequential):
    def __init__(self):
        super().__init__(nn.LazyConv2d(4, 3), nn.LazyBatchNorm2d(), nn.Dropout(0.5))


class CountsItsCalls(nn.Module):
    calls = 0

    def forward(self, x):
        self.calls += 1
        return x * 2


class DrawsFromItsOwn(nn.Module):
    def __init__(self):
        super().__init__()
        self.generator = torch.Generator().manual_seed(3)

    def forward(self, x):
        return x + torch.randn(x.shape, generator=self.generator)


class NumbersOnly(nn.Module):
    def forward(self, x):
        return [x]


@pytest.mark.parametrize(
    "network",
    [
        Lazy(),
        CountsItsCalls(),
        DrawsFromItsOwn(),
        NumbersOnly(),
        nn.Dropout(0.5).train(),
        nn.Conv2d(5, 4, 3),
        nn.utils.spectral_norm(nn.Conv2d(3, 4, 3)),
        nn.utils.parametrizations.spectral_norm(nn.Conv2d(3, 4, 3)),
        lambda x: F.dropout(x, training=True) + float(np.random.rand()) + random.random(),
        lambda x: x / 0 - x / 0,
    ],
    ids=lambda network: type(network).__name__,
)
def test_the_operators_of_an_honest_network_are_all_that_it_does(network):
    other = image() + 1
    assert confirmed(observe(network, image(), others=other), image(), other).reading.is_followed


class OnlyWhileWatched(nn.Module):
    def forward(self, x):
        return x if torch._C._len_torch_dispatch_stack() else x * 2


class OnlyUnwatched(nn.Module):
    def forward(self, x):
        if torch._C._len_torch_dispatch_stack():
            raise ValueError
        return x


class OnlyAtTheSecondCall(CountsItsCalls):
    def forward(self, x):
        return super().forward(x) * (self.calls == 2)


def through_a_running_mean(x):
    mean, variance = torch.zeros(3), torch.ones(3)
    F.batch_norm(x, mean, variance, training=True, momentum=1.0)
    return x + mean[:, None, None]


def through_an_operator_without_results(x):
    memory = torch.empty(1, *x.shape)
    torch.unbind_copy(x[None], out=[memory[0]])
    return memory[0]


@pytest.mark.parametrize("network", [through_a_running_mean, through_an_operator_without_results])
def test_what_an_operator_writes_and_does_not_give_can_not_be_read(network):
    with pytest.raises(CannotReplay):
        _ = observe(network, image()).reading


def test_a_layer_of_statistics_is_used_twice():
    norm = nn.BatchNorm2d(3)
    assert observe(nn.Sequential(norm, norm), image()).depends_on_input


class TwoWays(nn.Module):
    def forward(self, x):
        return x * 2 if x.mean() > 0 else x * 3


@pytest.mark.parametrize(
    "network",
    [
        OnlyWhileWatched(),
        OnlyUnwatched(),
        OnlyAtTheSecondCall(),
        TwoWays(),
        lambda x: x * x.mean().item(),
        lambda x: x + torch.tensor(x.numpy().sum()),
        lambda x: torch.full_like(x, x[0, 0, 0].tolist()[0]),
        lambda x: x[x > 0],
    ],
)
def test_what_a_network_does_beside_its_operators_is_told(network):
    other = -image() - 1
    assert not confirmed(observe(network, image(), others=other), image(), other).reading.is_followed


def test_a_compiled_network_is_observed_as_it_was_written():
    def compiles(_graph, _inputs):
        raise AssertionError("it was compiled")

    layer, x = nn.Conv2d(3, 4, 3), image()
    trace = observe(torch.compile(layer, backend=compiles), x)

    assert [operator.family for operator in trace.operators] == ["convolution"]
    torch.testing.assert_close(trace.output_tensors[LONE], layer(x).detach())
    with pytest.raises(torch._dynamo.exc.BackendCompilerFailed):  # else it compiles as before
        torch.compile(layer, backend=compiles)(x)
