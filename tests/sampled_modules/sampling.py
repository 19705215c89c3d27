"""Sampling networks of real modules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import torch
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.parametrizations import weight_norm

from . import modules as own

SMALLEST = 3  # pixels a side, but behind a global pooling
Size = tuple[int, int]
T = TypeVar("T")


@dataclass(frozen=True)
class Sampled:
    """A network, its input, and whether it has members that mix places or sizes of which the course says nothing."""

    network: nn.Module
    x: torch.Tensor
    has_vector: bool


@st.composite
def networks(draw: st.DrawFn) -> Sampled:
    """Networks of one to three members; one in four has a member that is no way to a size, a few ignore the input."""
    torch.default_generator.manual_seed(0)
    sampler = Sampler(draw, draw(st.integers(2, 4)), (draw(st.integers(8, 16)), draw(st.integers(8, 16))))
    x = torch.randn(draw(st.integers(1, 2)), sampler.channels, *sampler.size)
    members: list[nn.Module] = []
    if sampler.one_in(25):
        shape = (sampler.channels, *sampler.size)
        members.append(sampler.pick([own.Nothing, lambda: own.Constant(shape)])())
    count = draw(st.integers(1, 3))
    fault = draw(st.integers(0, count)) if sampler.one_in(4) else None
    for place in range(count + 1):
        if place == fault:
            members.append(sampler.pad_at_the_end() if place == count and sampler.one_in(4) else sampler.fault())
        if place < count:
            members.append(sampler.member())
    if sampler.one_in(12):
        members.append(sampler.mixture())
    has_vector = sampler.one_in(10)
    if has_vector:
        members.append(sampler.head())
    network = nn.Sequential(*members)
    return Sampled(network.train(draw(st.booleans())), x, has_vector)


class Sampler:
    """Draws modules that fit on a map of `channels` × `size`, and keeps count of both."""

    def __init__(self, draw: st.DrawFn, channels: int, size: Size) -> None:
        self._draw = draw
        self.channels, self.size = channels, size

    def pick(self, options: Sequence[T]) -> T:
        return self._draw(st.sampled_from(options))

    def one_in(self, many: int) -> bool:
        return self._draw(st.integers(1, many)) == many

    def member(self) -> nn.Module:
        member = self.pick(MEMBERS)(self)
        return self._noted(member if self._fits(member) else nn.Conv2d(self.channels, 2, 1))

    def fault(self) -> nn.Module:
        fault = self.pick(FAULTS)(self)
        return self._noted(fault if self._fits(fault) else own.Repeated(2, 2))

    def pad_at_the_end(self) -> nn.Module:
        return self._noted(self.pad())

    def mixture(self) -> nn.Module:
        height, width = self.size
        return self.pick([own.Attention, own.Fourier, lambda: own.LinearOverPixels(height, width)])()

    def head(self) -> nn.Module:
        pooling = self.pick([own.GlobalMean, lambda: nn.AdaptiveAvgPool2d(1), lambda: nn.AdaptiveMaxPool2d((1, 1))])
        return nn.Sequential(pooling(), nn.Flatten(), nn.Linear(self.channels, 3))

    def _noted(self, module: nn.Module) -> nn.Module:
        self.channels, self.size = self._after(module)
        return module

    def _after(self, *parts: nn.Module) -> tuple[int, Size]:
        """Channels and size of what the parts leave, found by running them."""
        with torch.no_grad():
            x = torch.zeros(1, self.channels, *self.size)
            for part in parts:
                x = part.eval()(x)
        return x.shape[1], tuple(x.shape[2:])

    def _inside(self, channels: int | None = None, size: Size | None = None) -> "Sampler":
        return Sampler(self._draw, channels or self.channels, size or self.size)

    # Layers

    def unit(self, keep: bool = False, out_channels: int | None = None) -> nn.Module:
        """A convolution, perhaps with padding layers before and a normalisation and activation behind."""
        before: list[nn.Module] = []
        inside = self._inside()
        if not keep and self.one_in(3):
            before.append(inside._noted(inside.pad()))
            if self.one_in(4):
                before.append(inside._noted(inside.pad()))
            if self.one_in(2):
                before.append(inside.plain(batch_norm=True))
        conv = inside.conv(keep, out_channels)
        inside._noted(conv)
        behind = [inside.norm()] if self.one_in(3) else []
        behind += [inside.activation()] if self.one_in(2) else []
        return nn.Sequential(*before, conv, *behind) if before or behind else conv

    def conv(self, keep: bool = False, out_channels: int | None = None) -> nn.Module:
        out_channels = out_channels or (self.channels if keep else self.pick(CHANNELS))
        groups = self.pick([each for each in (1, 1, 2, 3, 4) if self.channels % each == out_channels % each == 0])
        kernel = self.pick(KERNELS)
        options: dict[str, Any] = dict(groups=groups, bias=self.pick([True, False]))
        if keep and (self.one_in(3) or kernel == 2 or isinstance(kernel, tuple)):
            options |= dict(padding="same", dilation=self.pick([1, 1, 2]))
        elif keep:
            dilation = self.pick([1, 1, 2])
            options |= dict(padding=dilation * (kernel - 1) // 2, dilation=dilation)
        else:
            options |= dict(
                stride=self.pick(STRIDES), dilation=self.pick([1, 1, 1, 2, (1, 2)]), padding=self.pick(PADDINGS)
            )
        if self.one_in(4) and min(self.size) > 4:
            options["padding_mode"] = self.pick(["reflect", "replicate", "circular"])
        conv = nn.Conv2d(self.channels, out_channels, kernel, **options)
        if not keep and not self._fits(conv):
            conv = nn.Conv2d(self.channels, out_channels, kernel, groups=groups, padding="same")
        return weight_norm(conv) if self.one_in(12) else conv

    def _fits(self, module: nn.Module) -> bool:
        try:
            return min(self._after(module)[1]) >= SMALLEST
        except (RuntimeError, ValueError):  # PyTorch's words for a map too small
            return False

    def pad(self, most: int = 2) -> nn.Module:
        kind = self.pick([nn.ZeroPad2d, lambda sides: nn.ConstantPad2d(sides, 0.7), nn.ReflectionPad2d,
                          nn.ReplicationPad2d, nn.CircularPad2d])  # fmt: skip
        if self.one_in(2):
            side = self.pick([1, most])
            return kind((side,) * 4)
        sides = [self.pick(range(most + 1)) for _ in range(4)]
        return kind(tuple(sides) if any(sides) else (0, 1, 0, 1))

    def pool(self) -> nn.Module:
        for _ in range(3):
            pool = self.pick(POOLS)(self)
            if self._fits(pool) and all(a <= b for a, b in zip(self._after(pool)[1], self.size, strict=True)):
                return pool
        return nn.AdaptiveMaxPool2d((None, SMALLEST))

    def norm(self) -> nn.Module:
        c = self.channels
        norm = self.pick(NORMS)(c)
        if isinstance(norm, nn.BatchNorm2d):
            nn.init.normal_(norm.running_mean, std=0.3)
            nn.init.uniform_(norm.running_var, 0.5, 1.5)
            if norm.affine:
                nn.init.uniform_(norm.weight, 0.5, 1.5)
                nn.init.normal_(norm.bias)
        return norm

    def activation(self) -> nn.Module:
        return self.pick(ACTIVATIONS)(self.channels)

    def plain(self, batch_norm: bool = False) -> nn.Module:
        """What leaves every pixel at its place; with `batch_norm` the layers that people put behind padding."""
        if batch_norm:
            return self.pick([self.activation, lambda: nn.BatchNorm2d(self.channels), nn.Identity, nn.Dropout])()
        return self.pick(PLAIN)(self)

    # Blocks

    def keeping(self) -> nn.Module:
        """A unit or two that keep channels and size."""
        if self.one_in(3):
            return nn.Sequential(self.unit(keep=True), self.unit(keep=True))
        return self.unit(keep=True)

    def residual(self) -> nn.Module:
        return own.Sum(nn.Identity(), self.keeping())

    def projected(self) -> nn.Module:
        """A residual block of stride 2, with a convolution or a pooling as its shortcut."""
        out_channels = self.pick(CHANNELS)
        body = nn.Sequential(
            nn.Conv2d(self.channels, out_channels, 3, stride=2, padding=1),
            self._inside(out_channels).activation(),
            self._inside(out_channels).conv(keep=True) if min(self.size) > 8 else nn.Identity(),
        )
        narrow = nn.Conv2d(self.channels, out_channels, 1, stride=2, bias=False)
        pooled = nn.Sequential(nn.AvgPool2d(2, ceil_mode=True), nn.Conv2d(self.channels, out_channels, 1))
        return own.Sum(self.pick([narrow, pooled]), body)

    def inception(self) -> nn.Module:
        stride = self.pick([1, 1, 2])

        def pooled() -> nn.Module:
            kind = self.pick([nn.MaxPool2d, nn.AvgPool2d])
            return nn.Sequential(kind(3, stride, padding=1), nn.Conv2d(self.channels, 2, 1))

        branches = [
            lambda: nn.Conv2d(self.channels, 2, 1, stride),
            lambda: nn.Conv2d(self.channels, 2, 3, stride, padding=1),
            lambda: nn.Sequential(nn.Conv2d(self.channels, 1, 1), nn.Conv2d(1, 2, 5, stride, padding=2)),
            lambda: nn.Conv2d(self.channels, 2, 3, stride, padding=2, dilation=2),
            pooled,
        ]
        return own.Concatenation(*(self.pick(branches)() for _ in range(self.pick([2, 2, 3]))))

    def shared_pad(self) -> nn.Module:
        """Two convolutions behind one padding layer."""
        convs = (nn.Conv2d(self.channels, 2, 3), nn.Conv2d(self.channels, 1, 3, bias=False))
        return nn.Sequential(self.pad(), own.Concatenation(*convs))

    def dense(self) -> nn.Module:
        layers, channels = [], self.channels
        for _ in range(self.pick([1, 2])):
            layers.append(self._inside(channels).unit(keep=True, out_channels=2))
            channels += 2
        return own.Dense(*layers)

    def half(self) -> nn.Module:
        if self.channels % 2:
            return self.residual()
        block = own.Half(self._inside(self.channels // 2).unit(keep=True))
        return nn.Sequential(block, own.Shuffled()) if self.one_in(2) else block

    def separable(self) -> nn.Module:
        inside = self._inside()
        multiplier = self.pick([1, 2])
        depthwise = nn.Conv2d(
            self.channels, multiplier * self.channels, 3, self.pick([1, 2]), padding=1, groups=self.channels
        )
        inside._noted(depthwise)
        return nn.Sequential(depthwise, inside.activation(), nn.Conv2d(inside.channels, self.pick(CHANNELS), 1))

    def inverted(self) -> nn.Module:
        """As in MobileNet: widened, a depthwise convolution, narrowed, and the map added."""
        wide = 2 * self.channels
        body = (
            nn.Conv2d(self.channels, wide, 1), nn.BatchNorm2d(wide), nn.Hardswish(),
            nn.Conv2d(wide, wide, 3, padding=1, groups=wide), self._inside(wide).gate(), nn.Conv2d(wide, self.channels, 1),
        )  # fmt: skip
        return own.Sum(nn.Identity(), nn.Sequential(*body))

    def gate(self) -> nn.Module:
        c, narrow = self.channels, self.pick([1, 2])
        pooling = self.pick([lambda: nn.AdaptiveAvgPool2d(1), lambda: nn.AdaptiveMaxPool2d(1), own.GlobalMean])
        return self.pick([
            lambda: own.Gate(pooling(), nn.Conv2d(c, narrow, 1), nn.GELU(), nn.Conv2d(narrow, c, 1)),
            lambda: own.Gate(pooling(), nn.Conv2d(c, c, 1)),
            lambda: own.LinearGate(nn.Linear(c, narrow), nn.GELU(), nn.Linear(narrow, c)),
            lambda: own.GateAcrossChannels(nn.Conv1d(1, 1, 3, padding=1, bias=False)),
            lambda: own.GateOfPixels(nn.Conv2d(2, 1, self.pick([3, 7]), padding="same")),
            lambda: own.Gate(self.conv(keep=True)),
        ])()  # fmt: skip

    def twice(self) -> nn.Module:
        return own.Twice(self.conv(keep=True))

    def dead(self) -> nn.Module:
        kind = self.pick([
            own.ThrownAway, own.TimesZero, own.TimesLearntZero, own.ForItsShape, own.OfZeros, own.NeverCalled,
            lambda part: own.BelowThreshold(part, 1e3),
        ])  # fmt: skip
        if kind is own.ThrownAway and self.one_in(2):
            return kind(nn.Sequential(self._inside().fault(), nn.Sequential()))
        return kind(self.unit())

    # No way to a size

    def cropped(self) -> nn.Module:
        sides = [self.pick([0, 1]) for _ in range(4)]
        return own.Cropped(*(sides if any(sides) else (0, 1, 0, 0)))

    def refilled(self) -> nn.Module:
        """Cut off on one side and filled up again, on this one or another."""
        cropped = self.pick([
            [own.Cropped(0, 1, 1, 0), nn.ZeroPad2d((1, 0, 0, 1))], [nn.ZeroPad2d((-1, 0, 1, 0))],
            [own.Cropped(1, 0, 0, 0), nn.ReplicationPad2d((0, 0, 1, 0))],
        ])  # fmt: skip
        return nn.Sequential(*cropped, nn.MaxPool2d(2) if self.one_in(3) else self._inside().conv())

    def context(self) -> nn.Module:
        """As in ASPP: the pooled map, enlarged, beside the map."""
        pooled = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(self.channels, 1, 1), nn.Upsample(size=self.size))
        return own.Concatenation(nn.Identity(), pooled)

    def padded_pool(self) -> nn.Module:
        return nn.Sequential(nn.ZeroPad2d((0, 1, 0, 1)), self.pick([nn.MaxPool2d, nn.AvgPool2d])(2))

    def decoder(self) -> nn.Module:
        height, width = self.size
        return own.LinearDecoder(self.size, self.pick([(height + 1, width), (height, width - 1), (4, 4)]))

    def transposed(self) -> nn.Module:
        c = self.channels
        return self.pick([
            lambda: nn.ConvTranspose2d(c, 2, 2, stride=2), lambda: nn.ConvTranspose2d(c, c, 3, groups=c),
            lambda: nn.ConvTranspose2d(c, 2, 3, stride=2, padding=1, output_padding=1),
            lambda: nn.ConvTranspose2d(c, 3, 3, padding=2, bias=False),
        ])()  # fmt: skip

    def interpolated(self) -> nn.Module:
        modes = ["nearest", "bilinear", "bicubic", "nearest-exact"]  # "area" is an adaptive pooling
        rows, columns = self.pick([(1, 1), (0, 1), (2, 2), (-1, -1), (1, -1), (-2, 0), (5, 5)])
        return self.pick([
            lambda: own.Interpolated(rows, columns, self.pick(modes)),
            lambda: nn.Upsample(scale_factor=2, mode="nearest"),
            lambda: nn.Upsample(size=(16, 17), mode="bilinear"),
        ])()  # fmt: skip

    def enlarged_by_pooling(self) -> nn.Module:
        height, width = self.size
        return self.pick([
            lambda: nn.AdaptiveAvgPool2d((height + 1, width)), lambda: nn.AdaptiveMaxPool2d((height + 1, width + 2)),
            lambda: nn.AdaptiveAvgPool2d((height - 1, width + 1)), lambda: nn.AdaptiveMaxPool2d(2 * height),
            lambda: nn.MaxPool2d(2, stride=1, padding=1), lambda: nn.AvgPool2d(2, stride=1, padding=1),
        ])()  # fmt: skip

    def shuffled_pixels(self) -> nn.Module:
        if self.channels % 4 == 0 and self.one_in(2):
            return nn.PixelShuffle(2)
        if not (self.size[0] % 2 or self.size[1] % 2) and min(self.size) > 5:
            return nn.PixelUnshuffle(2)
        return own.EverySecond() if min(self.size) > 5 else own.RepeatedPixels()


CHANNELS = [1, 2, 3, 4, 6]
KERNELS = [1, 2, 3, 3, 3, 5, (1, 3), (3, 1), (2, 3)]
STRIDES = [1, 1, 1, 2, 2, 3, (1, 2)]
PADDINGS = [0, 0, "valid", 1, 1, 2, (1,), (1, 0), (0, 2)]

POOLS: list[Callable[[Sampler], nn.Module]] = [
    lambda s: nn.MaxPool2d(2),
    lambda s: nn.MaxPool2d(3, 2, padding=1),
    lambda s: nn.MaxPool2d(3, 1, padding=1),
    lambda s: nn.MaxPool2d(2, stride=1),
    lambda s: nn.MaxPool2d(3, 2, ceil_mode=True),
    lambda s: nn.MaxPool2d((1, 2)),
    lambda s: nn.MaxPool2d(2, stride=1, dilation=2),
    lambda s: nn.AvgPool2d(2),
    lambda s: nn.AvgPool2d(3, 2, padding=1),
    lambda s: nn.AvgPool2d(3, 1, padding=1, count_include_pad=False),
    lambda s: nn.AvgPool2d(2, ceil_mode=True),
    lambda s: nn.LPPool2d(2, 2),
    lambda s: nn.AdaptiveAvgPool2d((max(SMALLEST, s.size[0] // 2), max(SMALLEST, s.size[1] // 2))),
    lambda s: nn.AdaptiveAvgPool2d((None, s.size[1] - 1)),
    lambda s: nn.AdaptiveMaxPool2d((s.size[0] - 1, None)),
    lambda s: nn.AdaptiveMaxPool2d(SMALLEST),
    lambda s: nn.AdaptiveAvgPool2d(s.size),
]

NORMS: list[Callable[[int], nn.Module]] = [
    nn.BatchNorm2d,
    nn.BatchNorm2d,
    lambda c: nn.BatchNorm2d(c, affine=False) if c > 1 else nn.BatchNorm2d(c),
    lambda c: nn.GroupNorm(1, c),
    lambda c: nn.GroupNorm(2, c) if c % 2 == 0 else nn.GroupNorm(1, c),
    lambda c: nn.InstanceNorm2d(c, affine=True),
    lambda c: nn.LocalResponseNorm(2),
]

ACTIVATIONS: list[Callable[[int], nn.Module]] = [
    lambda c: nn.ReLU(),
    lambda c: nn.ReLU(inplace=True),
    lambda c: nn.LeakyReLU(0.1),
    lambda c: nn.LeakyReLU(0.1, inplace=True),
    lambda c: nn.GELU(),
    lambda c: nn.SiLU(),
    lambda c: nn.ELU(),
    lambda c: nn.Tanh(),
    lambda c: nn.Softplus(),
    lambda c: nn.Hardswish(),
    lambda c: nn.Mish(),
    nn.PReLU,
    lambda c: nn.ReLU6(),
]

PLAIN: list[Callable[[Sampler], nn.Module]] = [
    Sampler.norm,
    Sampler.activation,
    Sampler.activation,
    lambda s: nn.Dropout(0.3),
    lambda s: nn.Dropout2d(0.3),
    lambda s: nn.Identity(),
    lambda s: nn.LayerNorm((s.channels, *s.size)),
    lambda s: own.Scaled(s.channels),
    lambda s: own.Shuffled() if s.channels % 2 == 0 else own.Flipped(),
    lambda s: nn.ChannelShuffle(s.channels),
    lambda s: own.Flipped(),
    lambda s: own.FlattenedAndBack(),
    lambda s: own.NormalisedChannels(s.channels) if s.channels > 1 else nn.Identity(),
    lambda s: own.NormalisedTokens(s.channels) if s.channels > 1 else nn.Identity(),
    lambda s: own.WithBuffer((s.channels, *s.size), added=True),
    lambda s: own.WithBuffer((s.channels, 1, 1), added=False),
]

MEMBERS: list[Callable[[Sampler], nn.Module]] = [
    Sampler.unit,
    Sampler.unit,
    Sampler.unit,
    Sampler.pool,
    Sampler.pool,
    Sampler.plain,
    Sampler.residual,
    Sampler.projected,
    Sampler.inception,
    Sampler.shared_pad,
    Sampler.dense,
    Sampler.half,
    Sampler.separable,
    Sampler.inverted,
    Sampler.gate,
    Sampler.twice,
    Sampler.dead,
]

FAULTS: list[Callable[[Sampler], nn.Module]] = [
    Sampler.cropped,
    Sampler.refilled,
    Sampler.context,
    Sampler.padded_pool,
    Sampler.decoder,
    Sampler.transposed,
    Sampler.interpolated,
    Sampler.interpolated,
    Sampler.enlarged_by_pooling,
    Sampler.shuffled_pixels,
    lambda s: nn.ZeroPad2d((-1, 0, 0, 0)),
    lambda s: nn.ZeroPad2d((0, 0, -1, -1)),
    lambda s: own.Repeated(2, 2),
    lambda s: own.Repeated(1, 2),
    lambda s: own.RepeatedPixels(),
    lambda s: own.BesideItself(),
    lambda s: own.Broadcast(),
    lambda s: own.Unfolded(),
    lambda s: own.SpaceToDepth(),
    lambda s: own.LinearAlongRows(s.size[1], s.size[1] + 1),
]
