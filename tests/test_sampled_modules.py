"""What is read from a trace is what torch.fx reads from the network, for networks sampled of PyTorch's own modules."""

import os
from collections import Counter
from dataclasses import replace

import pytest
import torch
from hypothesis import HealthCheck, assume, given, settings
from torch import nn

from autograder.network import Convolution, observe, replay
from autograder.network.trace import Trace

from .dead_channels import has_dead_channels
from .sampled_modules.modules import Constant, Nothing
from .sampled_modules.oracle import Truth, Use, truth
from .sampled_modules.sampling import Sampled, networks

DRAWS, THOROUGH_DRAWS = 150, 2000
MOST_DOUBTS = 0.02  # of the networks whose sizes come from convolution and pooling alone


@pytest.mark.filterwarnings("ignore:Using padding='same'")  # PyTorch says so once, wherever that is
def test_a_trace_tells_what_torch_fx_does(capsys: pytest.CaptureFixture[str], pytestconfig: pytest.Config) -> None:
    tally: Counter[str] = Counter()
    draws = os.environ.get("CONVLAB_DRAWS", THOROUGH_DRAWS if pytestconfig.getoption("--thorough") else DRAWS)

    @settings(max_examples=int(draws), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(networks())
    def compared(sampled: Sampled) -> None:
        compare(sampled, tally)

    compared()
    with capsys.disabled():
        print(f"\n{tally.total()} verdicts and networks:", ", ".join(f"{tally[name]} {name}" for name in sorted(tally)))
    assert tally["lawful in doubt"] <= MOST_DOUBTS * tally["lawful"]


def compare(sampled: Sampled, tally: Counter[str]) -> None:
    network, x = sampled.network, sampled.x
    assume(not has_dead_channels(network, x))
    trace = observe(network, x)
    true = truth(network, x)
    assume(true.certain)
    tally["networks"] += 1
    assert trace.output_shape == tuple(true.output.shape)
    same(replay(trace, x)[0], true.output)
    with torch.no_grad():
        same(replay(trace, 2 * x.flip(3))[0], network(2 * x.flip(3)))
    compare_parameters(trace, true, network)
    assert trace.depends_on_input == true.depends_on_input
    if not true.depends_on_input:
        return
    plain = true.lawful and not true.exotic
    tally["lawful"] += plain
    if trace.doubts:
        tally["in doubt"] += 1
        tally["lawful in doubt"] += plain
        return
    narrowing = [each for each in trace.convolutions if each.is_pointwise and each.out_channels < each.in_channels]
    assert bool(narrowing) == true.narrows
    found, expected = [use_of(each) for each in trace.convolutions], list(true.convolutions)
    # Where copies of pixels lie around what was cut off, nobody can tell them from it.
    untold = any(each.is_plane_convolution and each.seen_padding is None for each in trace.convolutions)
    assert not (untold and true.lawful)
    if true.exotic or untold:
        assert list(map(without_places, found)) == list(map(without_places, expected))
        return
    if not true.lawful:  # what was put around a map of an unlawful size is not promised
        found, expected = list(map(without_places, found)), list(map(without_places, expected))
    assert found == expected
    if not sampled.has_vector:
        assert bool(trace.size_breaks) != true.lawful


def compare_parameters(trace: Trace, true: Truth, network: nn.Module) -> None:
    bounds = trace.parameter_bounds
    # Running statistics are free as far as there are convolutions whose channels they could be of.
    beyond = max(0, true.statistics - 4 * sum(use.out_channels for use in true.convolutions))
    # A map that is constant, or behind a product with zero, is numbers made of fewer.
    derived = sum(each.at_most for each in bounds.tensors if each.kind == "derived")
    unmoved = derived if any(isinstance(each, Nothing | Constant) for each in network.modules()) else 0
    assert true.parameters <= bounds.at_least
    assert bounds.at_least <= bounds.at_most <= true.parameters + true.buffers + beyond + unmoved


def use_of(convolution: Convolution) -> Use:
    """A convolution of a trace in the words of the graph's."""
    use = Use(
        module=convolution.module,
        in_channels=convolution.in_channels,
        out_channels=convolution.out_channels,
        kernel=convolution.kernel_size,
        stride=convolution.stride,
        dilation=convolution.dilation,
        groups=convolution.groups,
        bias=convolution.bias,
        transposed=convolution.transposed,
        left=convolution.output_shape[2:],
        entered=None,
        sides=None,
    )
    seen = convolution.seen_padding
    if seen is None:
        return use
    around = (seen.top + seen.bottom, seen.left + seen.right)
    axes = zip(convolution.input_shape[2:], convolution.padding, around, strict=True)
    entered = tuple(side + 2 * own - seen for side, own, seen in axes)
    return replace(use, entered=entered, sides=(seen.left, seen.right, seen.top, seen.bottom))


def without_places(use: Use) -> Use:
    return replace(use, entered=None, sides=None)


def same(found: torch.Tensor, expected: torch.Tensor) -> None:
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)
