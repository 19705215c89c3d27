"""Which convolutions are on the way, what padding they see, and where sizes come from."""

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from autograder.network import Padding, observe


def image(size: int = 12, batch: int = 1) -> torch.Tensor:
    return torch.randn(batch, 3, size, size, generator=torch.Generator().manual_seed(0))


def conv(inputs: int, outputs: int, kernel_size: int, **options) -> nn.Conv2d:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return nn.Conv2d(inputs, outputs, kernel_size, **options)


class TestOnTheWay:
    def kernels(self, network) -> list[int]:
        return [each.kernel_size[0] for each in observe(network, image()).convolutions]

    def test_each_use_counts(self):
        layer = conv(3, 3, 3, padding=1)
        assert self.kernels(lambda x: layer(layer(layer(x)))) == [3, 3, 3]

    @pytest.mark.parametrize(
        "aside",
        [
            lambda x, y: x,
            lambda x, y: x + 0 * y.mean(),
            lambda x, y: x + torch.zeros(y.shape).sum(),
            lambda x, y: x.view(-1, *y.shape[1:2], *x.shape[2:]) if y.shape[1] == 3 else x,
            lambda x, y: x + (y - y).mean(),
            lambda x, y: x + y.mean().item(),
        ],
        ids=["thrown away", "times zero", "zeros of its shape", "its shape", "minus itself", "as a Python number"],
    )
    def test_what_has_no_part_in_the_output_is_not_on_the_way(self, aside):
        main, other = conv(3, 3, 3, padding=1), conv(3, 5, 5)
        assert self.kernels(lambda x: aside(main(x), other(x))) == [3]

    @pytest.mark.parametrize("constant", [torch.zeros_like, lambda x: torch.ones(1, 3, 9, 9)], ids=["like it", "made"])
    def test_what_is_not_computed_from_the_input_is_not_on_the_way(self, constant):
        main, other = conv(3, 3, 3, padding=1), conv(3, 3, 1)
        assert self.kernels(lambda x: main(x) + other(constant(x)).mean()) == [3]

    def test_a_small_effect_is_an_effect(self):
        main, other = conv(3, 3, 3, padding=1), conv(3, 3, 1)
        assert self.kernels(lambda x: main(x) + 1e-3 * other(x)) == [3, 1]

    def test_a_deep_network_with_default_weights_depends_on_its_input(self):
        torch.manual_seed(0)
        network = nn.Sequential(conv(3, 4, 1), *(nn.Sequential(conv(4, 4, 3), nn.ReLU()) for _ in range(5)))
        assert len(self.kernels(network)) == 6 and observe(network, image()).depends_on_input

    def test_an_effect_of_one_sign_is_an_effect(self):
        torch.manual_seed(0)
        for sign in (1, -1):  # on the image itself one of the two is zero
            assert observe(lambda x, sign=sign: (sign * x.mean((1, 2, 3))).relu(), image()).depends_on_input

    @pytest.mark.parametrize(
        "network",
        [lambda x: torch.ones(1, 4), lambda x: x * 0, lambda x: torch.randn(x.shape), lambda x: torch.zeros_like(x)],
        ids=["constant", "times zero", "noise", "zeros like it"],
    )
    def test_an_output_without_the_input_is_told(self, network):
        assert not observe(network, image()).depends_on_input


def zeros_with_the_map_copied_into_them(x):
    frame = torch.zeros(x.shape[0], x.shape[1], x.shape[2] + 2, x.shape[3] + 2)
    frame[:, :, 1:-1, 1:-1] = x
    return frame


def zeros_beside_the_map(x):
    row = torch.zeros(*x.shape[:2], 1, x.shape[3])
    x = torch.cat([row, x, row], 2)
    column = torch.zeros(*x.shape[:3], 1)
    return torch.cat([column, x, column], 3)


ALL_SIDES = Padding(1, 1, 1, 1)
PADDINGS = {
    "none": (nn.Identity(), {}, Padding(0, 0, 0, 0)),
    "valid": (nn.Identity(), {"padding": "valid"}, Padding(0, 0, 0, 0)),
    "one": (nn.Identity(), {"padding": 1}, ALL_SIDES),
    "height only": (nn.Identity(), {"padding": (1, 0)}, Padding(1, 1, 0, 0)),
    "same": (nn.Identity(), {"padding": "same"}, ALL_SIDES),
    "reflect": (nn.Identity(), {"padding": 1, "padding_mode": "reflect"}, ALL_SIDES),
    "replicate": (nn.Identity(), {"padding": 1, "padding_mode": "replicate"}, ALL_SIDES),
    "circular": (nn.Identity(), {"padding": 1, "padding_mode": "circular"}, ALL_SIDES),
    "circular of two sides": (nn.CircularPad2d((2, 0, 0, 1)), {}, Padding(0, 1, 2, 0)),
    "reflection layer": (nn.ReflectionPad2d((0, 3, 1, 0)), {}, Padding(1, 0, 0, 3)),
    "zero layer": (nn.ZeroPad2d((1, 2, 3, 4)), {}, Padding(3, 4, 1, 2)),
    "function": (lambda x: F.pad(x, (1, 1, 1, 1), value=5.0), {}, ALL_SIDES),
    "function and own": (lambda x: F.pad(x, (1, 1, 1, 1)), {"padding": 1}, Padding(2, 2, 2, 2)),
    "zeros copied into": (zeros_with_the_map_copied_into_them, {}, ALL_SIDES),
    "zeros beside": (zeros_beside_the_map, {}, ALL_SIDES),
}


class TestPadding:
    @pytest.mark.parametrize(("pad", "options", "seen"), PADDINGS.values(), ids=PADDINGS)
    @pytest.mark.parametrize("before", [nn.Identity(), conv(3, 3, 1, padding=1), nn.MaxPool2d(2)], ids=type)
    def test_is_what_the_convolution_saw(self, pad, options, seen, before):
        layer = conv(3, 2, 3, **options)
        trace = observe(lambda x: layer(pad(before(x).relu())), image())
        assert trace.convolutions[-1].seen_padding == seen
        assert trace.convolutions[-1].sees_no_padding == (seen == Padding(0, 0, 0, 0))
        assert trace.size_breaks == ()

    def test_of_an_even_kernel_that_keeps_the_size(self):
        (each,) = observe(conv(3, 2, 2, padding="same"), image()).convolutions
        assert each.padding == (0, 0) and each.seen_padding == Padding(0, 1, 0, 1)

    def test_of_a_one_pixel_map(self):
        network = nn.Sequential(nn.AdaptiveAvgPool2d(1), conv(3, 2, 3, padding=1, padding_mode="replicate"))
        trace = observe(network, image())
        assert trace.convolutions[0].seen_padding is None and not trace.size_breaks
        assert trace.doubts[0].left == (1, 1)  # copies of one pixel are also how a map of many is made of one

    def test_of_a_one_pixel_map_made_large_there_is_none(self):
        spread = [lambda x: x.expand(-1, -1, 16, 16) * 1, conv(3, 2, 3, dilation=8, padding=8)]
        trace = observe(lambda x: spread[1](spread[0](x.mean((2, 3), keepdim=True))), image())
        assert trace.doubts or trace.size_breaks

    @pytest.mark.parametrize("side", [3, 4])
    def test_of_zeros_and_then_a_mirror(self, side):
        network = nn.Sequential(nn.ZeroPad2d(1), nn.ReflectionPad2d(2), nn.Conv2d(1, 1, 1))
        trace = observe(network, torch.randn(1, 1, side, side, generator=torch.Generator().manual_seed(0)))
        assert trace.size_breaks == () and trace.convolutions[0].seen_padding == Padding(3, 3, 3, 3)


def attention(x):
    return x * x.mean((2, 3), keepdim=True).sigmoid()


def by_linear_layer(x):
    return F.linear(x.permute(0, 2, 3, 1), torch.ones(3, 3)).permute(0, 3, 1, 2)


SHAPE_KEEPING = {
    "nothing": lambda x: x,
    "normalisation": nn.Sequential(nn.BatchNorm2d(3), nn.GroupNorm(1, 3), nn.InstanceNorm2d(3)),
    "dropout": nn.Dropout(),
    "in place": lambda x: x.mul_(2).relu_(),
    "flat and back": lambda x: x.flatten(2).sin().view(x.shape),
    "channels joined": lambda x: torch.cat([x, x], 1)[:, 1:4],
    "channel attention": attention,
    "linear over channels": by_linear_layer,
    "a bias map": lambda x: x + torch.ones(x.shape[-2:]),
    "twice transposed": lambda x: x.transpose(2, 3).contiguous().transpose(2, 3),
}
OTHER_WAYS = {
    "cropping": lambda x: x[:, :, 1:-1, 1:-1],
    "striding": lambda x: x[:, :, ::2, ::2],
    "enlarged and shrunk again": lambda x: F.interpolate(F.interpolate(x, scale_factor=2), scale_factor=0.5),
    "nearest interpolation": lambda x: F.interpolate(x, scale_factor=2),
    "slight bilinear interpolation": lambda x: F.interpolate(x, size=(x.shape[2] + 2, x.shape[3] + 2), mode="bilinear"),
    "pixel shuffle": lambda x: F.pixel_unshuffle(x, 2)[:, :3],
    "enlarging pool": nn.AdaptiveAvgPool2d(20),
    "broadcasting": lambda x: x.mean((2, 3), keepdim=True) + torch.zeros(16, 16),
    "expanding": lambda x: x.mean((2, 3), keepdim=True).expand(-1, -1, 16, 16),
    "linear over pixels": lambda x: F.linear(x.flatten(2), torch.ones(64, x[0, 0].numel())).view(-1, 3, 8, 8),
    "unfolding": lambda x: F.unfold(x, 2, stride=2).view(-1, 12, x.shape[2] // 2, x.shape[3] // 2)[:, :3],
    "transposed convolution": nn.ConvTranspose2d(3, 3, 2, stride=2),
    "a cropped shortcut": lambda x: x[:, :, 2:, 2:] + F.avg_pool2d(x, 3, 1),
}


class TestSizes:
    @pytest.mark.parametrize("between", SHAPE_KEEPING.values(), ids=SHAPE_KEEPING)
    @pytest.mark.parametrize("last", [nn.Identity(), conv(3, 2, 3), nn.MaxPool2d(2)], ids=type)
    def test_from_convolution_and_pooling_alone(self, between, last):
        first = conv(3, 3, 3)
        assert observe(lambda x: last(between(first(x))), image()).size_breaks == ()

    @pytest.mark.parametrize("between", OTHER_WAYS.values(), ids=OTHER_WAYS)
    @pytest.mark.parametrize("last", [nn.Identity(), conv(3, 2, 3), nn.MaxPool2d(2)], ids=type)
    def test_another_way_to_a_size_is_a_break(self, between, last):
        first = conv(3, 3, 3)
        assert observe(lambda x: last(between(first(x))), image()).size_breaks

    def test_padding_does_not_make_a_cropping_good(self):
        first, last = conv(3, 3, 3), conv(3, 2, 3, padding=1)
        trace = observe(lambda x: last(F.pad(first(x)[:, :, 1:-1, 1:-1], (1, 1, 1, 1))), image())
        assert trace.size_breaks and trace.convolutions[-1].seen_padding == Padding(2, 2, 2, 2)

    def test_a_break_names_its_place_and_its_cause(self):
        network = nn.Sequential(conv(3, 3, 3), nn.Upsample(scale_factor=2), conv(3, 2, 3))
        (size_break,) = observe(network, image()).size_breaks
        assert (size_break.module, size_break.operator) == ("2", "convolution")
        assert (size_break.left, size_break.entered) == ((10, 10), (20, 20))
        assert size_break.cause == "upsample_nearest2d"

    def test_a_branch_without_effect_breaks_nothing(self):
        first, other = conv(3, 3, 3), conv(3, 3, 3)

        def forward(x):
            return first(x) + 0 * other(F.interpolate(x, size=40)).mean()

        assert observe(forward, image()).size_breaks == ()


class TestOutputs:
    @pytest.mark.parametrize(
        "last",
        [
            lambda x: x.argmax(1),
            lambda x: x.prod(1),
            lambda x: x * torch.aminmax(x, dim=1, keepdim=True)[1],
            lambda x: (x > 0).count_nonzero(1),
            lambda x: x > 0,
            lambda x: x.softmax(1).max(1).values,
        ],
        ids=range(6),
    )
    def test_of_any_kind_are_read(self, last):
        layer = conv(3, 3, 3)
        trace = observe(lambda x: last(layer(x)), image())
        assert len(trace.convolutions) == 1 and trace.depends_on_input
        assert trace.doubts == ()

    def test_a_linear_layer_over_channels_may_be_written_in_one_dimension(self):
        first, last, linear = conv(3, 3, 3), conv(3, 2, 3), nn.Conv1d(3, 3, 1)
        trace = observe(lambda x: last(linear(first(x).flatten(2)).view(1, 3, 10, 10)), image())
        assert trace.doubts == () == trace.size_breaks

    def test_that_change_by_less_than_counts_are_faint(self):
        layer = conv(3, 3, 3)
        trace = observe(lambda x: torch.ones(3)[:, None, None] + 1e-7 * layer(x), image())
        assert trace.depends_on_input and not trace.reading.is_faint  # in double precision it is no rounding

        def read_as_whole_numbers(x):
            one = torch.ones(1)
            one.view(torch.int32)
            return one + 1e-7 * layer(x)

        trace = observe(read_as_whole_numbers, image())
        assert not trace.depends_on_input and trace.reading.is_faint  # such memory has no double precision
        assert not observe(lambda x: torch.ones(3)[:, None, None] + 0 * layer(x), image()).reading.is_faint


    @pytest.mark.parametrize("double", [False, True])
    @pytest.mark.parametrize(
        "last",
        [
            lambda x: F.instance_norm(x).mean((2, 3)),
            lambda x: 3 + F.group_norm(x, 1).mean((1, 2, 3)),
            lambda x: x.softmax(1).sum(1),
            lambda x: F.normalize(x, dim=1).norm(dim=1),
            lambda x: x * 1.1 / 1.1 - x,
        ],
        ids=range(5),
    )
    def test_that_rounding_alone_changes_are_the_same_for_any_input(self, last, double):
        layer = conv(3, 3, 3)
        precise = (lambda x: x.double()) if double else (lambda x: x)
        trace = observe(lambda x: last(precise(layer(x))), image())
        assert not trace.depends_on_input
        assert double or not trace.reading.is_faint
        image_, other = torch.randn(2, 1, 3, 12, 12, dtype=torch.float64)  # what it is by arithmetic, without us
        assert torch.allclose(last(layer.double()(image_)), last(layer(other)), rtol=0, atol=1e-13)


def sorted_by_its_order(x):
    flat = x.flatten(2)
    return flat.gather(2, flat[:, :1].argsort(2).expand_as(flat)).view(x.shape)


def by_patches(x):
    return (torch.ones(3, 27) @ F.unfold(x, 3, padding=1)).view(x.shape)


NOT_KNOWN = {
    "attention over pixels": (lambda x: (x.flatten(2).mT @ x.flatten(2)).softmax(2)[:, :3].view(x.shape), True),
    "a linear layer over pixels": (lambda x: (x.flatten(2) @ torch.ones(100, 100)).view(x.shape), True),
    "a linear layer beside a wide border": (lambda x: F.pad(x, (2,) * 4) + (x.flatten(1) @ torch.linspace(-1, 1, 300 * 196).view(300, 196)).view(1, 1, 14, 14), True),
    "Fourier": (lambda x: torch.fft.ifft2(torch.fft.fft2(x)).real, True),
    "patches and a matrix": (by_patches, True),
    "in one dimension": (lambda x: F.conv1d(x.flatten(2), torch.ones(3, 3, 3), padding=1).view(x.shape), True),
    "windows by reshaping": (lambda x: x.unflatten(3, (5, 2)).amax(4).repeat_interleave(2, 3), False),
    "a sum of shifted maps": (lambda x: x + x.roll(1, 3), True),
}


class TestDoubts:
    @pytest.mark.parametrize(("between", "may_convolve"), NOT_KNOWN.values(), ids=NOT_KNOWN)
    def test_what_mixes_pixels_is_left_to_a_person(self, between, may_convolve):
        first = conv(3, 3, 3)
        trace = observe(lambda x: between(first(x)), image())
        assert trace.doubts or (trace.reading.mixing and not trace.size_breaks)
        assert (trace.reading.mixing is not None) == may_convolve

    def test_what_only_makes_a_gate_is_no_doubt(self):
        first, last = conv(3, 3, 3), conv(3, 2, 3, padding=1, padding_mode="reflect")

        def forward(x):
            x = first(x)
            gate = (x.flatten(1) @ torch.full((300, 3), 0.01)).sigmoid()
            return last(x * gate[:, :, None, None])

        trace = observe(forward, image())
        assert trace.doubts == () == trace.size_breaks
        assert trace.convolutions[-1].seen_padding == ALL_SIDES

    def test_a_pixel_that_arrives_elsewhere_when_it_is_changed_is_a_doubt(self):
        first, last = conv(3, 3, 3), conv(3, 2, 3)
        trace = observe(lambda x: last(sorted_by_its_order(first(x))), image())
        (doubt,) = trace.doubts
        assert (doubt.cause, doubt.left, doubt.entered) == ("", (10, 10), (10, 10))
        assert trace.convolutions[-1].seen_padding is None
