"""The causal reading: where a pixel of a map arrives, found by changing it in replays that end at each arrival."""

from collections.abc import Iterator

import torch

from autograder.network.differences import noise
from autograder.network.disturbance import Effects, Kept, outputs_of
from autograder.network.places import INPUT, ONE_PIXEL, Arrival
from autograder.network.planes import ROW, Size
from autograder.network.records import Recording

# Times what another image changes: a ReLU lets at least one sign through, and a normalisation a small change.
SCALES = (10.0, -10.0, 1.0, -1.0)


class _Pixels(Kept):
    """Changes the pixels `probed` of every map that begins at one of the `begins`.

    The `layers` are not executed, so that no change passes on to the next map. Maps of one pixel stay as they are: a
    change would be one of all that they are broadcast over.
    """

    def __init__(self, effects: Effects, layers: frozenset[int], begins: frozenset[int], scale: float) -> None:
        super().__init__(layers)
        self._effects, self._begins, self._scale = effects, begins, scale

    def start(self, inputs: tuple[torch.Tensor, ...]) -> None:
        for input, unit in zip(inputs, self._effects.spreads, strict=True):
            self._change(input, unit)

    def instead(self, index: int) -> tuple[torch.Tensor, ...] | None:
        if index not in self.indexes:
            return None
        left = tuple(tensor.clone() for tensor in self._effects.kept.left[index])
        if index in self._begins:
            self._change(left[0], self._effects.changes.get(index, 0.0))
        return left

    def _change(self, tensor: torch.Tensor, unit: float) -> None:
        if tensor.dim() >= 3 and tensor.is_floating_point() and tensor.shape[-2:] != ONE_PIXEL:
            change = noise(tensor.shape[:-2]).abs().to(tensor.dtype) * (self._scale * unit)
            for row, column in probed((tensor.shape[-2], tensor.shape[-1])):
                tensor[..., row, column] += change


def probed(size: Size) -> set[tuple[int, int]]:
    """Rows and columns of the first pixel of a map, the middle one and the last."""
    height, width = size
    return {(0, 0), (height // 2, width // 2), (height - 1, width - 1)}


def strays(trace: Recording, arrivals: list[Arrival], effects: Effects, layers: frozenset[int]) -> list[Arrival]:
    """The arrivals at which a pixel of the map has no effect at its place, and some have theirs elsewhere.

    `effects` are, among others, of the `layers` that the maps leave and enter.
    """
    begins = layers & {each.source.operator for each in arrivals}
    silent = {
        each: probed(each.source.size)
        for each in arrivals
        if each.is_whole
        and not each.unknown
        and each.source.operator in begins | {INPUT}
        and each.source.size != ONE_PIXEL
    }
    elsewhere: set[Arrival] = set()
    for scale in SCALES:
        waiting = [each for each, pixels in silent.items() if pixels]
        if not waiting:
            break
        changed = _Pixels(effects, layers, begins, scale)
        outputs = outputs_of(trace, changed)
        for each in waiting:
            if each.index is None:
                before, after = effects.outputs[each.output], outputs[each.output] if outputs else None
            else:
                before, after = effects.kept.entered[each.index], changed.entered.get(each.index)
            effect = set(_changed(before, after))
            places = {pixel: set(_places_of(each, pixel)) for pixel in probed(each.source.size)}
            silent[each] -= {pixel for pixel, at in places.items() if effect & at}
            if effect - set().union(*places.values()):
                elsewhere.add(each)
    return [each for each, pixels in silent.items() if pixels and each in elsewhere]


def _changed(before: torch.Tensor, after: torch.Tensor | None) -> Iterator[tuple[int, int]]:
    """The pixels that have changed about as much as any."""
    if after is None or after.shape != before.shape or before.dim() < 3:
        return
    change = ((after - before).abs() if before.is_floating_point() else after != before).flatten(0, -3).sum(0)
    if change.any():
        yield from ((row, column) for row, column in (change > change.max() / 2).nonzero().tolist())


def _places_of(arrival: Arrival, pixel: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Where the exact reading has a pixel of the map arrive."""
    if arrival.places is not None:
        row, column = pixel
        yield from ((r, c) for r, c in (arrival.places == row * ROW + column).nonzero().tolist())
