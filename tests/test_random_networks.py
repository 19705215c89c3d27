"""What is read from a trace is what the network was built of, for networks drawn at random."""

from collections import Counter

import pytest
import torch
from hypothesis import assume, given, settings

from autograder.network import Convolution, observe, replay

from .dead_channels import has_dead_channels
from .random_networks.building import build, elements, image, uses
from .random_networks.drawing import plans
from .random_networks.plan import Plan, Use

DRAWS, THOROUGH_DRAWS = 150, 2000
MOST_DOUBTS = 0.01  # of the networks whose sizes come from convolution and pooling alone


@pytest.mark.filterwarnings("ignore:Using padding='same'")  # PyTorch says so once, wherever that is
def test_a_trace_tells_what_the_network_was_built_of(pytestconfig: pytest.Config) -> None:
    lawful: Counter[bool] = Counter()  # by whether there is a doubt
    draws = THOROUGH_DRAWS if pytestconfig.getoption("--thorough") else DRAWS

    @settings(max_examples=draws)
    @given(plans())
    def compared(plan: Plan) -> None:
        doubts = compare(plan)
        lawful[doubts] += plan.is_lawful and not plan.cut

    compared()
    assert lawful[True] <= MOST_DOUBTS * lawful.total()


def compare(plan: Plan) -> bool:
    """Whether the trace leaves it in doubt what the network was built of; where it does not, it must be right."""
    network, x = build(plan), image(plan)
    assume(plan.cut or not has_dead_channels(network, x))
    trace = observe(network, x)
    output, on_the_way = uses(network, x)
    assert trace.output_shape == tuple(output.shape)
    torch.testing.assert_close(replay(trace, x)[0], output, rtol=1e-4, atol=1e-5)
    parameters, weights, others = elements(network)
    bounds = trace.parameter_bounds
    assert bounds.at_least == parameters + (0 if plan.cut else weights)
    derived, made = (sum(each.at_most for each in bounds.tensors if each.kind == kind) for kind in ("derived", "made"))
    # Of a cut network whole maps are made by a formula, and no layer is on the way whose statistics would be free.
    beyond = made + sum(each.numel() for each in network.buffers()) if plan.cut else most_made(plan)
    assert bounds.at_least <= bounds.at_most - derived <= parameters + weights + others + beyond
    assert not derived or plan.cut or has_a_map_of_zeros(plan)
    assert trace.depends_on_input == (not plan.cut)
    doubts = bool(trace.doubts)
    if not plan.cut:
        assert doubts or bool(trace.size_breaks) != plan.is_lawful
        assert not (trace.size_breaks and plan.is_lawful)
        assert len(trace.convolutions) == len(on_the_way)
        told = all(convolution.seen_padding for convolution in trace.convolutions)
        assert told or doubts or not plan.is_lawful  # what lies around a repeated map can't be told from it
        assert doubts or not told or [read(convolution) for convolution in trace.convolutions] == on_the_way
    return doubts


def has_a_map_of_zeros(plan: Plan) -> bool:
    """Whether a layer gets zeros, of which it makes more numbers than it has."""
    return any(getattr(step, "how", None) == "of zeros" for step in plan.steps)


def most_made(plan: Plan) -> int:
    """Numbers that steps make by a formula, at most: those of a row, or of a map times zero."""
    return sum(plan.size) * (1 + len(plan.steps))


def read(convolution: Convolution) -> Use:
    """A convolution of a trace in the words of the one that it was built of."""
    added, seen = convolution.added, convolution.seen_padding
    height, width = convolution.input_shape[2:]
    return Use(
        in_channels=convolution.in_channels,
        out_channels=convolution.out_channels,
        kernel=convolution.kernel_size,
        stride=convolution.stride,
        dilation=convolution.dilation,
        groups=convolution.groups,
        bias=convolution.bias,
        sides=(seen.left, seen.right, seen.top, seen.bottom),
        entered=(height - added.top - added.bottom, width - added.left - added.right),
        left=convolution.output_shape[2:],
    )
