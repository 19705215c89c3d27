"""How far a value sees, against the gradients that PyTorch's autograd gives."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from autograder.network import observe
from autograder.network.field import field_of, growth

EXACTLY = 1_000  # pixels that no value sees, so that all it sees is looked for
LAYERS = st.lists(
    st.tuples(st.sampled_from((1, 2, 3, 5)), st.integers(1, 2), st.integers(1, 2), st.booleans()),
    min_size=1,
    max_size=3,
)


def images() -> tuple[torch.Tensor, torch.Tensor]:
    source = torch.Generator().manual_seed(3)
    return torch.randn(2, 2, 3, 48, 48, generator=source).unbind()


def chain(layers) -> nn.Sequential:
    """Convolutions without padding, so that the middle sees nothing of an edge; each with a pooling after it, or not."""
    torch.manual_seed(5)
    parts, channels = [], 3
    for kernel_size, stride, dilation, pooled in layers:
        parts.append(nn.Conv2d(channels, 6, (kernel_size, 3), stride, dilation=dilation))
        parts += [nn.Tanh(), nn.AvgPool2d(2, 1)] if pooled else [nn.Tanh()]
        channels = 6
    return nn.Sequential(*parts)


def extent_by_gradient(network: nn.Module, image: torch.Tensor) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and last row and column whose gradient is not zero, of the sum of the middle pixel's channels."""
    image = image.clone().requires_grad_()
    output = network(image)
    output[..., output.shape[-2] // 2, output.shape[-1] // 2].sum().backward()
    reached = image.grad.abs().sum((0, 1)) > 0
    rows, columns = reached.any(1).nonzero().flatten().tolist(), reached.any(0).nonzero().flatten().tolist()
    return (rows[0], rows[-1]), (columns[0], columns[-1])


@settings(deadline=None, max_examples=12)
@given(LAYERS)
def test_replays_and_layers_find_what_gradients_find(layers):
    network, (image, other) = chain(layers), images()
    trace = observe(network, image)
    found = field_of(trace, other, EXACTLY, trace.on_the_way)
    assert (found.rows, found.columns) == extent_by_gradient(network, image)
    assert growth(trace, trace.on_the_way).size == found.size


class Branches(nn.Module):
    def __init__(self, join):
        super().__init__()
        self.near, self.far = nn.Conv2d(3, 4, 3, padding=1), nn.Conv2d(3, 4, 9, padding=4)
        self.join = join

    def forward(self, x):
        return self.join(self.near(x), self.far(x))


@pytest.mark.parametrize(
    ("join", "size"),
    [
        (torch.add, (9, 9)),
        (lambda near, far: torch.cat([near, far], 1), (9, 9)),
        (lambda near, far: near + 0 * far, (3, 3)),
        (lambda near, far: near + 0 * far.mean((2, 3), keepdim=True), (3, 3)),
        (lambda near, far: near + (far > 1e6), (3, 3)),
        (lambda near, far: near[:, :, : far.shape[2]], (3, 3)),
    ],
    ids=["sum", "beside", "times zero", "mean times zero", "behind a threshold", "for its shape"],
)
def test_the_widest_branch_that_has_a_part_in_the_output_counts(join, size):
    image, other = images()
    trace = observe(Branches(join), image)
    assert field_of(trace, other, EXACTLY, trace.on_the_way).size == size
    assert growth(trace, trace.on_the_way).size == size


def test_each_image_must_see_so_far():
    class Wide(nn.Module):
        def forward(self, x):
            return torch.cat([x[:1], nn.functional.avg_pool2d(x[1:], 5, 1, 2)])

    image, other = images()
    assert field_of(observe(Wide(), image), other, EXACTLY, ()).size == (1, 1)


def test_what_sees_nothing_has_no_field():
    image, other = images()
    trace = observe(nn.Sequential(nn.Conv2d(3, 2, 3), nn.Threshold(1e6, 0.0)), image)
    assert field_of(trace, other, EXACTLY, trace.on_the_way) is None


def test_beyond_what_is_enough_nothing_is_looked_for():
    image, other = images()
    layer = nn.Conv2d(3, 2, 3)

    class WithMean(nn.Module):
        def forward(self, x):
            return layer(x) + x.mean()

    trace = observe(WithMean(), image)
    sizes = [field_of(trace, other, enough, trace.on_the_way).size for enough in (1, 3, 4, EXACTLY)]
    assert sizes == [(3, 3), (3, 3), (48, 48), (48, 48)]
