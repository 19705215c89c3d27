"""Changing tensors in the midst of a replay, to see what depends on them."""

import functools
import math
from typing import Any

import torch

from autograder.network.flow import INPUT
from autograder.network.records import Recording
from autograder.network.replay import Watcher, recorded_input, replay, same_numbers

# In standard deviations. A small effect is looked for with a large disturbance before it is called none, and with one
# of the other sign: behind a ReLU, what adds to a few values may have no effect where what takes from them has.
SCALES = (1.0, -1.0, 1e3, -1e3)
FEW = 4096  # numbers, in which a difference is mostly found
Place = tuple[int, int]  # an operator and one of its arguments, by their numbers
PRIME = 4099  # numbers of noise, which no axis of a map divides


class Disturbance(Watcher):
    """Adds noise to the results of the operators `indexes`, `INPUT` standing for the network's input.

    `scale` counts standard deviations. With `one_sign` the noise has the sign of `scale` everywhere; with `pixel`
    (row, column) it changes that pixel alone. `captured` keeps the arguments at the places `captures`.
    """

    def __init__(
        self,
        indexes: frozenset[int],
        scale: float,
        one_sign: bool = False,
        pixel: tuple[int, int] | None = None,
        captures: frozenset[Place] = frozenset(),
    ) -> None:
        self._indexes = indexes
        self._scale = scale
        self._one_sign = one_sign
        self._pixel = pixel
        self._captures = captures
        self._used = 0  # numbers of the noise, so that no two tensors get the same
        self.captured: dict[Place, torch.Tensor] = {}

    def start(self, input: torch.Tensor) -> None:
        if INPUT in self._indexes:
            self._disturb(input)

    def before(self, index: int, arguments: tuple[Any, ...]) -> None:
        for place in self._captures:
            if place[0] == index:
                self.captured[place] = arguments[place[1]].clone()

    def after(self, index: int, outputs: tuple[torch.Tensor, ...]) -> None:
        if index in self._indexes:
            self._disturb(outputs[0])

    def _disturb(self, tensor: torch.Tensor) -> None:
        if not tensor.is_floating_point():
            return
        noise = _noise(tensor.shape, self._used).to(tensor.dtype)
        self._used += noise.numel() + 1
        noise = noise.abs() if self._one_sign else noise
        spread = float(tensor.std()) if tensor.numel() > 1 else 0.0
        noise = noise * (self._scale * (spread if 0 < spread < float("inf") else 1.0))
        if self._pixel is None or tensor.dim() < 3:
            tensor += noise
        else:
            row, column = self._pixel
            tensor[..., row, column] += noise[..., row, column]


@functools.cache
def _drawn() -> torch.Tensor:
    return torch.randn(PRIME, generator=torch.Generator().manual_seed(0))


def _noise(shape: tuple[int, ...], start: int) -> torch.Tensor:
    """Normally distributed numbers, the same few again and again: to draw each would cost more than the replay."""
    first, elements = start % PRIME, math.prod(shape)
    return _drawn().repeat((first + elements) // PRIME + 1)[first : first + elements].reshape(shape)


def matters(trace: Recording, index: int, baseline: torch.Tensor) -> bool:
    """Whether changing the operator's result changes the network's output."""
    return any(_differs(trace, Disturbance(frozenset({index}), scale), baseline) for scale in SCALES)


def _differs(trace: Recording, disturbance: Disturbance, baseline: torch.Tensor) -> bool:
    disturbed = disturbed_output(trace, disturbance)
    if disturbed is None:
        return True  # the operators after it do not even take the changed values: they depend on them
    unit = _unit(baseline)
    parts = zip(disturbed.flatten().split(FEW), baseline.flatten().split(FEW), strict=True)
    return any(not same_numbers(_where_finite(part, before) / unit, before / unit) for part, before in parts)


def _unit(output: torch.Tensor) -> float:
    """What its numbers are counted in: small weights may make all of them smaller than the tolerance."""
    if not output.is_floating_point() or output.numel() < 2:
        return 1
    spread = float(output.std())
    return spread if 0 < spread < 1 else 1


def _where_finite(disturbed: torch.Tensor, baseline: torch.Tensor) -> torch.Tensor:
    """An overflow is the disturbance's doing and no difference: infinity times zero is not zero."""
    return torch.where(disturbed.isfinite(), disturbed, baseline) if disturbed.is_floating_point() else disturbed


def disturbed_output(trace: Recording, disturbance: Disturbance) -> torch.Tensor | None:
    """The output of a replay with the disturbance; None where the changed values led it astray."""
    try:
        return replay(trace, recorded_input(trace), disturbance)
    except (RuntimeError, IndexError, ValueError):
        return None


def captured(trace: Recording, disturbance: Disturbance) -> dict[Place, torch.Tensor]:
    """What the disturbance captured in a replay, up to where that was led astray."""
    disturbed_output(trace, disturbance)
    return disturbance.captured
