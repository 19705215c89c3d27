"""The ways in which a step of a network may be written, by name."""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import nn

from .plan import Sides

Map = torch.Tensor


def _copied_into_zeros(x: Map, sides: Sides) -> Map:
    left, right, top, bottom = sides
    n, c, h, w = x.shape
    frame = torch.zeros(n, c, h + top + bottom, w + left + right)
    frame[:, :, top : top + h, left : left + w] = x
    return frame


def _beside_zeros(x: Map, sides: Sides) -> Map:
    left, right, top, bottom = sides
    n, c, h, w = x.shape
    x = torch.cat([x.new_zeros(n, c, top, w), x, x.new_zeros(n, c, bottom, w)], dim=2)
    return torch.cat([x.new_zeros(*x.shape[:3], left), x, x.new_zeros(*x.shape[:3], right)], dim=3)


NOTHING = ("nothing", "valid")
ARGUMENTS = ("int", "tuple", "same")
MODES = ("reflect", "replicate", "circular")
FILLED: dict[str, Callable[[Map, Sides], Map]] = {
    "F.pad": F.pad,
    "F.pad of ones": lambda x, sides: F.pad(x, sides, value=1.0),
    "ZeroPad2d": lambda x, sides: nn.ZeroPad2d(sides)(x),
    "copied into zeros": _copied_into_zeros,
    "beside zeros": _beside_zeros,
}
PUT_AROUND: dict[str, Callable[[Map, Sides], Map]] = {
    **FILLED,
    "F.pad reflect": lambda x, sides: F.pad(x, sides, mode="reflect"),
    "F.pad replicate": lambda x, sides: F.pad(x, sides, mode="replicate"),
    "F.pad circular": lambda x, sides: F.pad(x, sides, mode="circular"),
}
SPELLINGS = (*NOTHING, *ARGUMENTS, *MODES, *PUT_AROUND)
PARAMETERS = ("module", "weight_norm", "parameters")
WRITTEN = (*PARAMETERS, "buffers", "lazy", "hidden")

# Steps by name; from a number of channels, as some have parameters of their own. None is bounded on both sides: what
# a later ReLU makes zero whatever the map holds, or a sigmoid one, would not be on the way.

PLAIN: dict[str, Callable[[int], Callable[[Map], Map]]] = {
    "nothing": lambda channels: lambda x: x,
    "relu": lambda channels: nn.ReLU(),
    "relu in place": lambda channels: nn.ReLU(inplace=True),
    "leaky relu": lambda channels: nn.LeakyReLU(0.1),
    "gelu": lambda channels: nn.GELU(),
    "softplus": lambda channels: nn.Softplus(),
    "dropout": lambda channels: nn.Dropout2d(0.5),
    "batch norm": lambda channels: nn.BatchNorm2d(channels),
    "group norm": lambda channels: nn.GroupNorm(1, channels),
    "doubled": lambda channels: lambda x: 2 * x + 1,
    "channels last": lambda channels: lambda x: x.contiguous(memory_format=torch.channels_last),
    "flattened and back": lambda channels: lambda x: F.elu(x.flatten(1)).view(x.shape),
    "permuted and back": lambda channels: lambda x: (x.permute(0, 2, 3, 1).contiguous() * 1.5).permute(0, 3, 1, 2),
    "constant added": lambda channels: lambda x: x + torch.linspace(-1, 1, x.shape[3]),
}
BETWEEN = ("nothing", "relu", "leaky relu", "batch norm", "doubled")

# The convolutions of these have a part in the output, and where they keep its size and channels, so does the whole.
ON_THE_WAY: dict[str, Callable[..., Map]] = {
    "residual": lambda x, conv: x + conv(x),
    "product": lambda x, conv: x * conv(x),
    "used twice": lambda x, conv: conv(F.leaky_relu(conv(x))),
    "concatenated": lambda x, conv, other: torch.cat([conv(x), other(x)], dim=1).unflatten(1, (-1, 2)).mean(2),
    "chosen by the data": lambda x, conv, other: conv(x) if x.sum() > 0 else other(x),
    "gated": lambda x, conv, other: x * other(F.leaky_relu(conv(x.mean((2, 3), keepdim=True)), 0.5)),
    "gated by a pooling": lambda x, conv, other: x * other(conv(F.adaptive_avg_pool2d(x, 1))),
}
OFF_THE_WAY: dict[str, Callable[..., Map]] = {
    "thrown away": lambda x, conv: (conv(x), x)[1],
    "times zero": lambda x, conv: x + 0 * conv(x),
    "mean times zero": lambda x, conv: x + 0 * conv(x).mean(),
    "for its shape": lambda x, conv: x + torch.ones(conv(x).shape).mean(),
    "of zeros": lambda x, conv: x + conv(torch.zeros_like(x)),
    "never called": lambda x, conv: x,
}
POINTWISE = ("gated", "gated by a pooling")
BRANCHES = ("concatenated", "chosen by the data")
MAY_NOT_RUN = ("chosen by the data", "never called")
JOINED = {**ON_THE_WAY, **OFF_THE_WAY}

FAULTS: dict[str, Callable[[Map], Map]] = {
    "cropped": lambda x: x[:, :, :-1, 1:],
    "cropped by F.pad": lambda x: F.pad(x, (0, 0, -1, 0)),
    "every second column": lambda x: x[..., ::2],
    "interpolated": lambda x: F.interpolate(x, size=(4 * x.shape[2], x.shape[3])),  # by less it might pass for padding
    "interpolated down": lambda x: F.interpolate(x, size=(x.shape[2], x.shape[3] - 1), mode="bilinear"),
    "repeated": lambda x: x.repeat_interleave(2, dim=3),
    "enlarged by adaptive pooling": lambda x: F.adaptive_avg_pool2d(x, (x.shape[2] + 1, x.shape[3] + 3)),
    "broadcast": lambda x: x.mean((2, 3), keepdim=True).repeat(1, 1, x.shape[2] + 1, x.shape[3] + 1),
    "broadcast over constants": lambda x: x.mean((2, 3), keepdim=True) + torch.zeros(x.shape[2] + 2, x.shape[3]),
    "shuffled": lambda x: F.pixel_shuffle(torch.cat([x] * 4, dim=1), 2),
    "unfolded": lambda x: F.unfold(x, 2).view(1, x.shape[1], 4, x.shape[2] - 1, x.shape[3] - 1).mean(2),
}
# Before a convolution these would be padding.
FAULTS_AT_THE_END: dict[str, Callable[[Map], Map]] = {
    "padded for no convolution": lambda x: F.pad(x, (1, 1, 1, 1)),
    "tiled": lambda x: x.repeat(1, 1, 2, 1),
}
ALL_FAULTS = {**FAULTS, **FAULTS_AT_THE_END}
