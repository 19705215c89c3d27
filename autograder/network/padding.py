"""What was put around a feature map before a convolution, however it is written and whatever it is filled with."""

from dataclasses import dataclass

import torch

from autograder.network.disturbance import Disturbance, Place, captured
from autograder.network.flow import INPUT, Entry, changes_size
from autograder.network.records import Recording

ONE_SIGN = (10.0, -10.0)  # standard deviations: a ReLU lets at least one of the two through


@dataclass(frozen=True)
class Padding:
    """Rows and columns around a feature map, in pixels."""

    top: int
    bottom: int
    left: int
    right: int


NO_PADDING = Padding(0, 0, 0, 0)


def added_padding(
    trace: Recording, arrivals: list[Entry], before: dict[Place, torch.Tensor]
) -> dict[int, Padding]:
    """For each convolution, by index, what was put around the map that entered it; `before` has what entered."""
    if not arrivals:
        return {}
    maps = frozenset((entry.index, 0) for entry in arrivals)
    sources = frozenset(index for index, operator in enumerate(trace.operators) if changes_size(operator)) | {INPUT}
    after = [captured(trace, Disturbance(sources, scale, one_sign=True, captures=maps)) for scale in ONE_SIGN]
    return {
        entry.index: _padding_around(
            trace,
            entry,
            before[place],
            _changed_pixels(before[place], [each[place] for each in after if place in each]),
        )
        for entry in arrivals
        for place in [(entry.index, 0)]
    }


def _changed_pixels(before: torch.Tensor, after: list[torch.Tensor]) -> torch.Tensor:
    """A (height, width) mask of the pixels that differ in any sample, channel or replay."""
    changed = torch.zeros(before.shape[-2:], dtype=torch.bool)
    for each in after:
        if each.shape == before.shape:
            changed |= (each != before).flatten(0, -3).any(0)
    return changed


def _padding_around(trace: Recording, entry: Entry, before: torch.Tensor, changed: torch.Tensor) -> Padding:
    height, width = (entered - left for entered, left in zip(entry.entered, entry.map.size, strict=True))
    if (height, width) == (0, 0) and not entry.map.grown:
        return NO_PADDING  # a mask, say, that leaves the pixels at the border as they are whatever the map holds
    constant = _constant_border(changed)
    if (constant.top + constant.bottom, constant.left + constant.right) == (height, width):
        return constant
    if height < 0 or width < 0 or (height, width) == (0, 0):
        return constant
    return _shift(trace, entry, before, height, width) or constant


def _constant_border(changed: torch.Tensor) -> Padding:
    """Rows and columns at the edges that keep their values whatever the map holds: constants put around it."""
    if not changed.any():
        return NO_PADDING
    rows, columns = changed.any(1).nonzero().flatten().tolist(), changed.any(0).nonzero().flatten().tolist()
    height, width = changed.shape
    return Padding(rows[0], height - 1 - rows[-1], columns[0], width - 1 - columns[-1])


def _shift(trace: Recording, entry: Entry, before: torch.Tensor, height: int, width: int) -> Padding | None:
    """Padding by copies of the map (reflected, circular, replicated): where the map lies in what entered.

    None where no one shift fits all pixels that were tried, as after an interpolation.
    """
    rows, columns = entry.map.size
    shifts = [
        {(row - pixel[0], column - pixel[1]) for row, column in _places_of_pixel(trace, entry, before, pixel)}
        for pixel in ((0, 0), (rows // 2, columns // 2), (rows - 1, columns - 1))
    ]
    fitting = [
        Padding(top, height - top, left, width - left)
        for top, left in set.intersection(*shifts)
        if 0 <= top <= height <= 2 * rows and 0 <= left <= width <= 2 * columns
    ]
    # A map of one pixel, or of few, fits in several places: the evenest is meant.
    return min(fitting, key=lambda fit: abs(fit.top - fit.bottom) + abs(fit.left - fit.right), default=None)


def _places_of_pixel(
    trace: Recording, entry: Entry, before: torch.Tensor, pixel: tuple[int, int]
) -> list[tuple[int, int]]:
    """Rows and columns of what entered the convolution that follow one pixel of the map about as much as any."""
    place = (entry.index, 0)
    change = torch.zeros(before.shape[-2:])
    for scale in ONE_SIGN:
        disturbance = Disturbance(entry.map.sources, scale, True, pixel, captures=frozenset({place}))
        after = captured(trace, disturbance).get(place, before)
        change += (after - before).abs().flatten(0, -3).sum(0)
    if not change.any():
        return []
    return [(row, column) for row, column in (change > change.max() / 2).nonzero().tolist()]
