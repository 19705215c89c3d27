"""What tensors are changed to in replays, and when two are told apart."""

import functools
import math

import torch

from autograder.network.replaying import is_inexact, same_numbers

FEW = 4096  # of the first numbers: most differences show there, and the rest need not be compared
FAINTEST = 1e-5  # the spread of an output that is more than rounding
FINEST = 1e-12  # of the largest number: some thousand times what double precision rounds
SHRINKS = 1e-5  # what is rounding is in double precision less than this part of what it was: some 2**-29
NOISE_SEED = 40_961  # no image is drawn from it: a multiple of the image is the image to a normalisation
PRIME = 4099  # numbers of noise, which no axis of a map divides


def unit_of(output: torch.Tensor) -> float:
    """In which an output is compared with others: its own spread, or small numbers would be taken for rounding."""
    return min(1.0, max(spread(output), FAINTEST)) if output.is_floating_point() else 1.0


def differs(output: torch.Tensor, before: torch.Tensor, unit: float) -> bool:
    """Whether an output is another than before, by more than rounding in this unit."""
    for some in (slice(FEW), slice(FEW, None)):
        now, old = output.flatten()[some], before.flatten()[some]
        if output.is_floating_point():  # an overflow is no difference: infinity times zero is not zero
            now = torch.where(now.isfinite(), now, old)
        if not same_numbers(now / unit, old / unit):
            return True
    return False


def differs_finely(output: torch.Tensor, before: torch.Tensor, rounding: float) -> bool:
    """Whether an output in double precision is another than before, by more than this and than rounding there."""
    if not output.is_floating_point():
        return not torch.equal(output, before)
    return greatest_change(output, before) > max(rounding, FINEST * greatest_change(before, torch.zeros_like(before)))


def greatest_change(output: torch.Tensor, before: torch.Tensor) -> float:
    """By how much a number has changed at most; an overflow is no change."""
    if not is_inexact(output):
        output, before = output.double(), before.double()
    apart = (output - before).abs().nan_to_num(0, 0, 0)
    return float(apart.amax()) if apart.numel() else 0.0


def is_same(output: torch.Tensor, before: torch.Tensor) -> bool:
    """Equality to the last bit; NaN equals NaN."""
    return bool(((output == before) | (output.isnan() & before.isnan())).all())


def disturb(tensor: torch.Tensor, size: float) -> None:
    """Adds normally distributed numbers of this standard deviation, in place."""
    if is_inexact(tensor):
        tensor += noise(tensor.shape).to(tensor.dtype) * size


def another_input(input: torch.Tensor) -> torch.Tensor:
    """Noise of the same spread; of whole numbers, which may be tokens or indices, the same ones in another order."""
    if not is_inexact(input):
        return input.flatten().roll(1).reshape(input.shape)
    return noise(input.shape).to(input.dtype) * spread(input)


def opposite(input: torch.Tensor) -> torch.Tensor:
    """The negative; of whole numbers, the same ones in the opposite order."""
    return -input if is_inexact(input) else input.flatten().flip(0).reshape(input.shape)


def spread(tensor: torch.Tensor) -> float:
    """The standard deviation of its numbers, of one number its size; 1 where that is nothing, as of whole numbers."""
    if not is_inexact(tensor):
        return 1.0
    if tensor.numel() <= 1:
        found = float(tensor.abs().sum())
    else:
        apart = tensor - tensor.flatten()[0]  # nothing at all, where all numbers are one
        found = float(torch.linalg.vector_norm(apart - apart.mean())) / math.sqrt(tensor.numel() - 1)
        if not 0 < found < math.inf:  # `std` is several times slower, but squares do not overflow in it
            found = float(tensor.std())
    return found if 0 < found < math.inf else 1.0


@functools.cache
def _drawn() -> torch.Tensor:
    return torch.randn(PRIME, generator=torch.Generator().manual_seed(NOISE_SEED))


def noise(shape: tuple[int, ...]) -> torch.Tensor:
    """Normally distributed numbers, the same few again and again: to draw each would cost more than the replay."""
    elements = math.prod(shape)
    return _drawn().repeat(elements // PRIME + 1)[:elements].reshape(shape)
