"""What is read from a trace is what PyTorch's hooks and gradients tell, for architectures as they were published.

Run by `make architectures`, which installs pytorchcv. The file's name keeps it out of `make test`, which knows no such
package.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from pytorchcv.model_provider import get_model
from torch import nn

from autograder.network import observe
from autograder.network.evidence import confirmed
from autograder.network.layers import Window, windows
from autograder.network.trace import Trace

from .oracle import Use, has_an_effect, settle, truth

NAMES = (Path(__file__).parent / "models.txt").read_text().split()
STREET = (128, 256)  # of networks that label each pixel of a street, and are made for 1024×2048
IMAGES = 4  # that batch norms take their statistics of

# By family of architectures, the operators that make a size and are no way to one; all others have none.
BREAKS = {
    "CGNet": {"upsample_bilinear2d"},
    "CIFARShakeShakeResNet": {"slice"},  # a shortcut that is moved by one pixel
    "ContextNet": {"upsample_bilinear2d"},
    "DABNet": {"upsample_bilinear2d"},
    "DiceNet": {"transpose", "native_batch_norm"},  # convolutions over rows, or columns, in the place of channels
    "EDANet": {"upsample_bilinear2d"},
    "ERFNet": {"convolution"},  # transposed ones
    "ESNet": {"convolution"},
    "FPENet": {"upsample_bilinear2d"},
    "LEDNet": {"upsample_bilinear2d"},
    "SimplePoseMobile": {"pixel_shuffle"},
    "SINet": {"upsample_bilinear2d"},
}
# By family, the operators that mix pixels in a way that the exact reading does not know.
DOUBTS = {
    "ChannelNet": {"convolution"},  # a 3-d one that goes over channels
    "SimplePoseMobile": {"sub"},  # the place of the largest value, between its neighbours
}

BESIDE_PYTORCH = {"SimplePoseMobile"}  # reads keypoints off a map as numbers of Python


@pytest.fixture(scope="module")
def tally(request: pytest.FixtureRequest) -> Iterator[Counter[str]]:
    """What is counted over all models, and printed at the end."""
    counted: Counter[str] = Counter()
    yield counted
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        print("\n" + ", ".join(f"{counted[what]} {what}" for what in sorted(counted)))


@pytest.mark.parametrize("name", NAMES)
def test_a_trace_tells_what_hooks_do(name: str, tally: Counter[str]) -> None:
    network, x = published(name)
    family, true = type(network).__name__, truth(network, x)
    other = torch.randn(x.shape, generator=torch.Generator().manual_seed(1))
    trace = confirmed(observe(network, x, others=other), x, other)

    assert trace.reading.is_followed == (family not in BESIDE_PYTORCH)
    assert [use_of(window) for window in windows(trace)] == true.uses
    found = [use_of(convolution) for convolution in trace.convolutions]
    missing = {use.module for use in true.used_convolutions} - {use.module for use in found} - true.dead
    idle = true.dead | {module for module in missing if not has_an_effect(network, module, x, other)}
    assert without(idle, found) == without(idle, true.used_convolutions)
    compare_parameters(network, trace)

    breaks, doubts = list(trace.size_breaks), list(trace.doubts)
    if len(true.output_shape) != 4:  # what has no height and width ends in one or the other
        ends = [each for each in (*breaks, *doubts) if each.operator == "output"]
        assert len(ends) == 1
        breaks = [each for each in breaks if each not in ends]
    assert {each.cause for each in breaks} == BREAKS.get(family, set())
    assert {each.cause for each in doubts} == DOUBTS.get(family, set())
    tally["models"] += 1
    tally["models in doubt"] += bool(doubts)
    tally["uses of convolutions and poolings"] += len(true.uses)
    tally["convolutions on the way"] += len(found)
    tally["convolutions beside a dead ReLU"] += len(idle)


def without(dead: frozenset[str], uses: list[Use]) -> list[Use]:
    return [use for use in uses if use.module not in dead]


def published(name: str) -> tuple[nn.Module, torch.Tensor]:
    """The network, with weights as they begin and batch norms as after training, and an image."""
    torch.manual_seed(0)
    network = get_model(name, pretrained=False, **({"in_size": STREET} if name.endswith("cityscapes") else {}))
    images = torch.randn(IMAGES, 3, *network.in_size)
    settle(network, images)
    return network, images[:1]


def compare_parameters(network: nn.Module, trace: Trace) -> None:
    named = [(name, parameter.numel()) for name, parameter in network.named_parameters()]
    assert list(trace.named_parameters) == named
    parameters, buffers = sum(elements for _, elements in named), sum(buffer.numel() for buffer in network.buffers())
    assert trace.parameter_bounds.at_least == parameters
    assert parameters <= trace.parameter_bounds.at_most <= parameters + buffers


def use_of(window: Window) -> Use:
    return Use(
        window.module,
        window.kind,
        window.kernel_size,
        window.stride,
        window.padding,
        window.dilation,
        window.groups,
        window.bias,
        window.input_shape,
        window.output_shape,
    )
