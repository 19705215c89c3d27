"""What networks are put together of beside PyTorch's own layers: branches, gates, and what is no way to a size.

torch.fx goes into a `Walked` module and sees its operators; any other is one node of its graph.
"""

import torch
import torch.nn.functional as F
from torch import nn

Map = torch.Tensor


class Walked(nn.Module):
    """A module whose parts are read one by one."""

    def __init__(self, *parts: nn.Module) -> None:
        super().__init__()
        self.parts = nn.ModuleList(parts)


class Sum(Walked):
    def forward(self, x: Map) -> Map:
        first, *others = [part(x) for part in self.parts]
        for each in others:
            first = first + each
        return first


class Concatenation(Walked):
    def forward(self, x: Map) -> Map:
        return torch.cat([part(x) for part in self.parts], dim=1)


class Dense(Walked):
    def forward(self, x: Map) -> Map:
        for part in self.parts:
            x = torch.cat([x, part(x)], 1)
        return x


class Half(Walked):
    """Half of the channels go through the parts, the others round them."""

    def forward(self, x: Map) -> Map:
        left, right = x.chunk(2, dim=1)
        for part in self.parts:
            right = part(right)
        return torch.cat((left, right), dim=1)


class Gate(Walked):
    """The map times a gate: of one value a channel behind a global pooling, of one a pixel otherwise."""

    def forward(self, x: Map) -> Map:
        gate = x
        for part in self.parts:
            gate = part(gate)
        return x * torch.sigmoid(gate)


class LinearGate(Walked):
    def forward(self, x: Map) -> Map:
        gate = x.mean((2, 3))
        for part in self.parts:
            gate = part(gate)
        return x * torch.sigmoid(gate)[:, :, None, None]


class GateAcrossChannels(Walked):
    """As in ECA-Net: a 1-d convolution goes over the channels' means."""

    def forward(self, x: Map) -> Map:
        means = x.mean((2, 3), keepdim=True).squeeze(-1).transpose(1, 2)
        return x * torch.sigmoid(self.parts[0](means)).transpose(1, 2).unsqueeze(-1)


class GateOfPixels(Walked):
    """As in CBAM: a convolution sees the channels' mean and maximum."""

    def forward(self, x: Map) -> Map:
        seen = torch.cat([x.mean(1, keepdim=True), x.amax(1, keepdim=True)], dim=1)
        return x * torch.sigmoid(self.parts[0](seen))


class Twice(Walked):
    """One layer used twice."""

    def forward(self, x: Map) -> Map:
        return self.parts[0](F.leaky_relu(self.parts[0](x), 0.2))


class GlobalMean(Walked):
    def forward(self, x: Map) -> Map:
        return x.mean((2, 3), keepdim=True)


class Scaled(Walked):
    """One learnt factor a channel."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.scale = nn.Parameter(0.5 + torch.rand(channels, 1, 1))

    def forward(self, x: Map) -> Map:
        return x * self.scale


class WithBuffer(Walked):
    """A buffer that is added, or that the map is multiplied with."""

    def __init__(self, shape: tuple[int, ...], added: bool) -> None:
        super().__init__()
        self.register_buffer("constant", 0.5 + torch.rand(shape))
        self.added = added

    def forward(self, x: Map) -> Map:
        return x + self.constant if self.added else x * self.constant


# What has no part in the output.


class ThrownAway(Walked):
    def forward(self, x: Map) -> Map:
        self.parts[0](x)
        return x


class TimesZero(Walked):
    def forward(self, x: Map) -> Map:
        return x + 0.0 * self.parts[0](x).mean()


class TimesLearntZero(Walked):
    """As zero-initialised residual branches are before training."""

    def __init__(self, *parts: nn.Module) -> None:
        super().__init__(*parts)
        self.zero = nn.Parameter(torch.zeros(1))

    def forward(self, x: Map) -> Map:
        return x + self.zero * self.parts[0](x).mean((2, 3), keepdim=True).mean(1, keepdim=True)


class ForItsShape(Walked):
    def forward(self, x: Map) -> Map:
        return x + self.parts[0](x).shape[2] / 16


class OfZeros(Walked):
    def forward(self, x: Map) -> Map:
        return x + self.parts[0](torch.zeros_like(x)).mean()


class BelowThreshold(Walked):
    """What no image brings above the threshold is cut off."""

    def __init__(self, part: nn.Module, threshold: float) -> None:
        super().__init__(part, nn.Threshold(threshold, 0.0))

    def forward(self, x: Map) -> Map:
        return x + self.parts[1](self.parts[0](x)).mean((2, 3), keepdim=True).mean(1, keepdim=True)


class NeverCalled(Walked):
    def forward(self, x: Map) -> Map:
        return x * 1


# Changes of the input that leave nothing of it.


class Constant(Walked):
    """What was learnt, whatever the image is."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        super().__init__()
        self.learnt = nn.Parameter(torch.randn(shape))

    def forward(self, x: Map) -> Map:
        return torch.zeros_like(x) + self.learnt


class Nothing(Walked):
    def forward(self, x: Map) -> Map:
        return 0 * x


# One node of the graph each: what keeps every pixel at its place, ...


class Keeps(nn.Module):
    pass


class Shuffled(Keeps):
    def forward(self, x: Map) -> Map:
        n, c, h, w = x.shape
        return x.view(n, 2, c // 2, h, w).transpose(1, 2).reshape(n, c, h, w)


class Flipped(Keeps):
    def forward(self, x: Map) -> Map:
        return x.flip(3)


class FlattenedAndBack(Keeps):
    def forward(self, x: Map) -> Map:
        return F.elu(x.flatten(1)).view(x.shape)


class NormalisedChannels(Keeps):
    """Channels last, layer norm, a linear layer, and back: as in ConvNeXt."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm, self.linear = nn.LayerNorm(channels), nn.Linear(channels, channels)

    def forward(self, x: Map) -> Map:
        return self.linear(self.norm(x.permute(0, 2, 3, 1))).permute(0, 3, 1, 2)


class NormalisedTokens(Keeps):
    """As tokens, the way a transformer has them, and back."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(channels)

    def forward(self, x: Map) -> Map:
        n, c, h, w = x.shape
        return self.norm(x.flatten(2).transpose(1, 2)).transpose(1, 2).unflatten(2, (h, w))


# ... what mixes places in a way of its own and keeps the size, ...


class Mixes(nn.Module):
    pass


class Attention(Mixes):
    def forward(self, x: Map) -> Map:
        tokens = x.flatten(2).transpose(1, 2)
        return F.scaled_dot_product_attention(tokens, tokens, tokens).transpose(1, 2).unflatten(2, x.shape[2:])


class LinearOverPixels(Mixes):
    def __init__(self, height: int, width: int) -> None:
        super().__init__()
        self.linear = nn.Linear(height * width, height * width)

    def forward(self, x: Map) -> Map:
        return self.linear(x.flatten(2)).view(x.shape)


class Fourier(Mixes):
    def forward(self, x: Map) -> Map:
        return torch.fft.ifft2(torch.fft.fft2(x) * 0.5).real


# ... and what changes a size and is no way to one.


class Unlawful(nn.Module):
    def extra_repr(self) -> str:
        told = {name: value for name, value in vars(self).items() if name != "training" and not name.startswith("_")}
        return ", ".join(f"{name}={value}" for name, value in told.items())


class Cropped(Unlawful):
    def __init__(self, top: int, bottom: int, left: int, right: int) -> None:
        super().__init__()
        self.sides = top, bottom, left, right

    def forward(self, x: Map) -> Map:
        top, bottom, left, right = self.sides
        return x[:, :, top : x.shape[2] - bottom, left : x.shape[3] - right]


class EverySecond(Unlawful):
    def forward(self, x: Map) -> Map:
        return x[:, :, ::2, ::2]


class SpaceToDepth(Unlawful):
    """As the first layer of YOLOv5 was."""

    def forward(self, x: Map) -> Map:
        x = x[:, :, : x.shape[2] // 2 * 2, : x.shape[3] // 2 * 2]
        return torch.cat([x[:, :, row::2, column::2] for row in (0, 1) for column in (0, 1)], dim=1)


class Interpolated(Unlawful):
    def __init__(self, rows: int, columns: int, mode: str) -> None:
        super().__init__()
        self.grown, self.mode = (rows, columns), mode

    def forward(self, x: Map) -> Map:
        size = [side + more for side, more in zip(x.shape[2:], self.grown, strict=True)]
        return F.interpolate(x, size=size, mode=self.mode)


class Repeated(Unlawful):
    def __init__(self, *times: int) -> None:
        super().__init__()
        self.times = times

    def forward(self, x: Map) -> Map:
        return x.repeat(1, 1, *self.times)


class RepeatedPixels(Unlawful):
    def forward(self, x: Map) -> Map:
        return x.repeat_interleave(2, dim=2)


class BesideItself(Unlawful):
    def forward(self, x: Map) -> Map:
        return torch.cat([x, x], dim=3)


class Broadcast(Unlawful):
    def forward(self, x: Map) -> Map:
        return x.mean((2, 3), keepdim=True).expand(-1, -1, *x.shape[2:]) * 1


class Unfolded(Unlawful):
    def forward(self, x: Map) -> Map:
        n, c, h, w = x.shape
        return F.unfold(x, 2).view(n, c, 4, h - 1, w - 1).mean(2)


class LinearDecoder(Unlawful):
    """A linear layer that makes the pixels of another size."""

    def __init__(self, size: tuple[int, int], into: tuple[int, int]) -> None:
        super().__init__()
        self.into = into
        self.linear = nn.Linear(size[0] * size[1], into[0] * into[1])

    def forward(self, x: Map) -> Map:
        return self.linear(x.flatten(2)).unflatten(2, self.into)


class LinearAlongRows(Unlawful):
    def __init__(self, width: int, into: int) -> None:
        super().__init__()
        self.linear = nn.Linear(width, into)

    def forward(self, x: Map) -> Map:
        return self.linear(x)
