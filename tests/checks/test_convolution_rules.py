from functools import partial

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from autograder.checks.rules import (
    convolutions,
    kernel_sizes,
    padded_convolution,
    pointwise_reduction,
    unpadded_convolution,
    without_padding,
)
from autograder.checks.verdicts import Failed, Passed, Unknown, report

small_kernels = partial(kernel_sizes, at_most=3)


class Net(nn.Module):
    """Convolutions in a row, named conv1, conv2 and so on."""

    def __init__(self, *layers):
        super().__init__()
        for number, layer in enumerate(layers, start=1):
            self.add_module(f"conv{number}", layer)

    def forward(self, x):
        for layer in self.children():
            x = layer(x)
        return x


class ThrownAway(Net):
    def __init__(self):
        super().__init__(nn.Conv2d(3, 1, 1))

    def forward(self, x):
        self.conv1(x)
        return x


def told(verdict):
    assert isinstance(verdict, Failed)
    return report(verdict, "en")


def test_convolutions_are_counted_each_time_they_are_used():
    class Twice(Net):
        def forward(self, x):
            return self.conv1(self.conv1(x))

    assert report(convolutions(lambda: Twice(nn.Conv2d(3, 3, 3))), "en") == (
        "✓ Convolutions on the way from input to output: 2 (conv1, conv1)"
    )


def test_too_many_are_named():
    verdict = convolutions(lambda: Net(*(nn.Conv2d(3, 3, 1) for _ in range(4))))
    assert told(verdict).endswith("expected 1 to 3, got 4 convolutions: conv1, conv2, conv3, conv4.")


@pytest.mark.parametrize("rule", [convolutions, unpadded_convolution, padded_convolution, pointwise_reduction])
def test_a_result_thrown_away_is_not_on_the_way(rule):
    why = "does `forward` use it, and return what it gave? Is it multiplied by zero?"
    assert told(rule(ThrownAway)).endswith(why)


@pytest.mark.parametrize(
    "rule", [convolutions, unpadded_convolution, padded_convolution, without_padding, pointwise_reduction, small_kernels]
)
def test_what_reaches_the_output_hardly_is_left_to_a_person_by_each_rule(rule):
    class Faint(Net):
        def forward(self, x):
            one = torch.ones(1)
            one.view(torch.int32)  # such memory has no double precision
            return one + 1e-7 * self.conv1(x)

    assert isinstance(rule(lambda: Faint(nn.Conv2d(3, 2, 5, padding=2))), Unknown)


@pytest.mark.parametrize(
    "rule", [convolutions, unpadded_convolution, padded_convolution, without_padding, pointwise_reduction, small_kernels]
)
def test_a_network_is_judged_alike_however_small_its_numbers_are(rule):
    class Scaled(Net):
        def forward(self, x):
            return self.conv1(x) * 1e-11

    layer = nn.Conv2d(3, 2, 5, padding=2)
    assert rule(lambda: Scaled(layer)) == rule(lambda: Net(layer))


@pytest.mark.parametrize("rule", [without_padding, small_kernels])
def test_of_poolings_those_on_the_way_count(rule):
    class Pools(Net):
        def forward(self, x, uses=True):
            pooled = F.max_pool2d(x, 5, stride=1, padding=2)
            return self.conv1(pooled if uses else x)

    class ThrowsAway(Pools):
        def forward(self, x):
            return super().forward(x, uses=False)

    assert isinstance(rule(lambda: Pools(nn.Conv2d(3, 2, 3))), Failed)
    assert isinstance(rule(lambda: ThrowsAway(nn.Conv2d(3, 2, 3))), Passed)


@pytest.mark.parametrize(
    "weights", [lambda y: y.mean((2, 3), keepdim=True), lambda y: y.mean((2, 3))[..., None, None], nn.AdaptiveMaxPool2d(1)]
)
def test_a_gate_is_no_kernel_however_its_mean_is_written(weights):
    class Gated(Net):
        def forward(self, x):
            y = self.conv1(x)
            return y * torch.sigmoid(weights(y))

    assert isinstance(small_kernels(lambda: Gated(nn.Conv2d(3, 2, 3))), Passed)


def test_a_result_times_zero_is_told_from_a_layer_not_used():
    class Gated(Net):
        def forward(self, x):
            return self.conv1(x) + 0 * self.conv2(x)

    layers = [nn.Conv2d(3, 3, 1), nn.Conv2d(3, 3, 1), nn.Conv2d(3, 3, 1)]
    lines = told(unpadded_convolution(lambda: Gated(*layers))).splitlines()
    assert lines[-2:] == [
        "  conv3 is not on the way to the output: does `forward` call it, and pass its result on?",
        "  conv2 ran, but its result doesn't reach the output: is it passed on, or multiplied by zero?",
    ]


@pytest.mark.parametrize(
    "layer", [nn.Conv2d(3, 4, 2, 2), nn.Conv2d(3, 4, (1, 3)), nn.Conv2d(3, 4, 3, padding="valid"), nn.LazyConv2d(4, 3)]
)
def test_a_convolution_without_padding_passes(layer):
    assert isinstance(unpadded_convolution(lambda: Net(layer)), Passed)


@pytest.mark.parametrize(
    ("layers", "saw"),
    [
        ([nn.Conv2d(3, 4, 3, padding=1)], "conv1, 3×3: padding 1 on all four sides."),
        ([nn.Conv2d(3, 4, 1)], "conv1, 1×1: no padding."),
        ([nn.Conv2d(3, 4, 2, padding="same")], "conv1, 2×2: padding 0 above, 1 below, 0 on the left, 1 on the right."),
        ([nn.ZeroPad2d(1), nn.Conv2d(3, 4, 3)], "conv2, 3×3: padding 1 on all four sides, put around the map before it."),
        ([nn.ConvTranspose2d(3, 4, 3)], "conv1, 3×3: a transposed convolution, it does not count."),
        ([nn.Flatten(2), nn.Conv1d(3, 4, 5)], "conv2, 5: not a two-dimensional convolution, it does not count."),
    ],
)
def test_what_the_convolutions_saw_is_told(layers, saw):
    assert saw in told(unpadded_convolution(lambda: Net(*layers)))


@pytest.mark.parametrize(
    "layers",
    [
        [nn.Conv2d(3, 4, 3, padding=1)],
        [nn.Conv2d(3, 4, 3, padding="same")],
        [nn.Conv2d(3, 4, 3, padding=1, padding_mode="circular")],
        [nn.ReflectionPad2d(1), nn.Conv2d(3, 4, 3)],
    ],
)
def test_padding_one_counts_however_it_is_written(layers):
    assert report(padded_convolution(lambda: Net(*layers)), "en").endswith(", 3×3")


@pytest.mark.parametrize("layer", [nn.Conv2d(3, 4, 3, padding=2), nn.Conv2d(3, 4, 3, padding=(1, 0))])
def test_another_padding_is_not_padding_one(layer):
    assert "expected one with padding 1 on all four sides, got none." in told(padded_convolution(lambda: Net(layer)))


def test_each_larger_kernel_must_see_padding():
    message = told(padded_convolution(lambda: Net(nn.Conv2d(3, 4, 3, padding=1), nn.Conv2d(4, 4, 1), nn.Conv2d(4, 4, 3))))
    assert "expected padding at every convolution larger than 1×1, got none at conv3, 3×3." in message


def test_a_functional_convolution_is_named_after_the_place_where_it_ran():
    class Functional(nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = nn.Parameter(nn.Conv2d(3, 4, 3).weight.detach())

        def forward(self, x):
            return F.conv2d(x, self.weight)

    assert report(unpadded_convolution(Functional), "en") == "✓ Convolution without padding: forward, 3×3"


def test_a_pointwise_convolution_must_reduce():
    assert report(pointwise_reduction(lambda: Net(nn.Conv2d(3, 8, 3), nn.Conv2d(8, 4, 1))), "en").endswith("conv2, 8 → 4")
    assert told(pointwise_reduction(lambda: Net(nn.Conv2d(3, 8, 3), nn.Conv2d(8, 8, 1)))).endswith(
        "got none.\n  conv1, 3×3: 3 → 8.\n  conv2, 1×1: 8 → 8."
    )


def test_a_transposed_pointwise_convolution_does_not_count():
    assert isinstance(pointwise_reduction(lambda: Net(nn.ConvTranspose2d(3, 2, 1))), Failed)


class Narrowing(Net):
    """Its 1×1 convolution takes what `arrange` makes of a map, with its kernel as `weigh` makes it of that and the map."""

    arrange = staticmethod(lambda x: x)
    weigh = staticmethod(lambda kernel, x: kernel)

    def __init__(self):
        super().__init__(nn.Conv2d(3, 32, 3, padding=1), nn.Conv2d(32, 16, 1))

    def forward(self, x):
        x = self.conv1(x)
        return F.conv2d(self.arrange(x), self.weigh(self.conv2.weight, x))


def with_its_mean(x):
    return torch.cat([x[:, :16], x[:, 16:].mean((2, 3), keepdim=True).expand(-1, -1, *x.shape[2:])], 1)


@pytest.mark.parametrize("arrange", [nn.Upsample(scale_factor=2), nn.ReflectionPad2d(1), nn.AvgPool2d(2), with_its_mean])
def test_a_map_in_whatever_size_enters_a_pointwise_convolution(arrange):
    arranged = type("Arranged", (Narrowing,), {"arrange": staticmethod(arrange)})
    assert isinstance(pointwise_reduction(arranged), Passed)


@pytest.mark.parametrize(
    "arrange",
    [
        lambda x: x.transpose(1, 2),
        lambda x: F.pixel_unshuffle(x[:, :8], 2),
        lambda x: torch.cat([x[:, :16], x[:, 16:].roll(1, 2)], 1),
    ],
    ids=["rows as channels", "squares as channels", "channels moved aside"],
)
def test_a_pointwise_convolution_that_may_take_several_pixels_is_left_to_a_person(arrange):
    arranged = type("Arranged", (Narrowing,), {"arrange": staticmethod(arrange)})
    assert isinstance(pointwise_reduction(arranged), Unknown)


@pytest.mark.parametrize("rule", [pointwise_reduction, convolutions])
def test_a_convolution_whose_kernel_the_image_scales_is_left_to_a_person(rule):
    scaled = {"weigh": staticmethod(lambda kernel, x: kernel * x.mean())}
    assert isinstance(rule(type("Scaled", (Narrowing,), scaled)), Unknown)
