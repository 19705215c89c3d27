"""A trace counts only if its operators give its output; a forged one must be a network that solves the task."""

import contextlib
from dataclasses import replace

import pytest
import torch
from confirming import is_evidence
from torch import nn

from autograder.network import CannotReplay, observe
from autograder.network.evidence import MOST_ELEMENTS

X = torch.randn(1, 3, 8, 8, generator=torch.Generator().manual_seed(0))


class SeedsItself(nn.Module):
    def forward(self, x):
        torch.manual_seed(7)
        x = nn.Conv2d(3, 4, 3)(x) + torch.randn(1)
        return nn.functional.dropout(x, training=True)


class BringsItsGenerator(nn.Module):
    def __init__(self):
        super().__init__()
        self.generator = torch.Generator().manual_seed(3)

    def forward(self, x):
        noise = torch.randn(x.shape, generator=self.generator) + torch.randn(1)
        return x + noise + torch.rand(1, generator=self.generator)


@pytest.mark.parametrize("network", [SeedsItself(), BringsItsGenerator(), nn.Dropout(0.5)], ids=str)
def test_a_network_that_draws_random_numbers_is_confirmed(network):
    assert is_evidence(observe(network, X), X)


def test_a_network_that_stops_has_nothing_to_confirm():
    trace = observe(nn.Conv2d(5, 4, 3), X)
    assert trace.stopped and is_evidence(trace, X)


def test_a_trace_made_on_another_input_is_none():
    assert not is_evidence(observe(nn.ReLU(), X), X + 1)
    assert not is_evidence(observe(nn.ReLU(), X), torch.cat([X, X]))


def forgeries():
    trace = observe(nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU()), X)
    convolution, relu = trace.operators
    weight = next(owned for owned in trace.owned if owned.name == "0.weight")
    (output,) = trace.outputs

    def seen_as(**changed):
        return replace(trace, outputs=(replace(output, view=replace(output.view, **changed)),))

    yield "another output", replace(trace, outputs=(replace(output, content=bytes(len(output.content))),))
    yield "an output without content", replace(trace, outputs=(replace(output, content=None),))
    yield "an output of another size", seen_as(shape=(1, 4, 36, 1))
    yield "no operators", replace(trace, operators=())
    yield "an operator left out", replace(trace, operators=(convolution,))
    yield (
        "a convolution with another padding",
        replace(
            trace,
            operators=(
                replace(convolution, arguments=(*convolution.arguments[:4], (1, 1), *convolution.arguments[5:])),
                relu,
            ),
        ),
    )
    given, kernel, bias, *rest = convolution.arguments
    content = next(each.content for each in trace.storages if each.number == bias.storage)
    numbers = torch.frombuffer(bytearray(content), dtype=torch.float32)
    for kind, arguments in (
        ("a tensor in the place of a view", (given, kernel, numbers, *rest)),
        ("a list in the place of a tuple", (given, kernel, bias, list(rest[0]), *rest[1:])),
        ("a tensor in a tuple", (given, kernel, bias, tuple(torch.tensor(rest[0])), *rest[1:])),
    ):
        yield kind, replace(trace, operators=(replace(convolution, arguments=arguments), relu))
    for value in (numbers, {"a": 1}, weight):
        zeros = replace(relu, name="aten.threshold.default", arguments=(*relu.arguments, 0), options={"value": value})
        yield f"a {type(value).__name__} among the options", replace(trace, operators=(convolution, zeros))
    yield "arguments that are none", replace(trace, operators=(replace(convolution, arguments=("a", 1)), relu))
    yield "a view outside of its storage", seen_as(offset=10**6)
    yield "a storage that is not there", seen_as(storage=99)
    yield (
        "a weight counted as smaller",
        replace(
            trace, owned=tuple(replace(each, storage_elements=1) if each is weight else each for each in trace.owned)
        ),
    )
    yield "two storages of one number", replace(trace, storages=(*trace.storages, trace.storages[0]))


@pytest.mark.parametrize("trace", [pytest.param(trace, id=name) for name, trace in forgeries()])
def test_a_forged_trace_is_no_evidence(trace):
    with contextlib.suppress(CannotReplay):  # of arguments that no operator takes
        assert not is_evidence(trace, X)


def test_what_is_too_large_to_replay_is_not_decided():
    trace = observe(lambda x: x.mean() + torch.zeros(1).expand(MOST_ELEMENTS + 1)[:2], X)
    with pytest.raises(CannotReplay, match="larger"):
        is_evidence(trace, X)
