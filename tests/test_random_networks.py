"""What is read from a trace is what the network was built of, for networks drawn at random."""

import torch
from hypothesis import given, settings

from autograder.network import Convolution, observe, replay

from .random_networks.building import build, elements, image, uses
from .random_networks.drawing import plans
from .random_networks.plan import Plan, Use

DRAWS = 2000


@settings(max_examples=DRAWS)
@given(plans())
def test_a_trace_tells_what_the_network_was_built_of(plan: Plan) -> None:
    network, x = build(plan), image(plan)
    trace = observe(network, x)
    output, on_the_way = uses(network, x)
    assert trace.output_shape == tuple(output.shape)
    torch.testing.assert_close(replay(trace, x), output, rtol=1e-4, atol=1e-5)
    parameters, weights, others = elements(network)
    bounds = trace.parameter_bounds
    assert bounds.at_least == parameters + (0 if plan.cut else weights)
    assert bounds.at_least <= bounds.at_most <= parameters + weights + others + made(plan)
    assert trace.depends_on_input == (not plan.cut)
    if not plan.cut:
        assert bool(trace.size_breaks or trace.doubts) != plan.is_lawful
        assert len(trace.convolutions) == len(on_the_way)
        if not trace.doubts:
            assert [read(convolution) for convolution in trace.convolutions] == on_the_way


def made(plan: Plan) -> int:
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
