"""Planes of places. A place is one number made of a source, a row and a column: the pixel that something stands for."""

from dataclasses import dataclass

import torch

SOURCE, ROW = 2**40, 2**20  # in a place; 0 is the place of what stands for no pixel
Size = tuple[int, int]
HEIGHT, WIDTH = 0, 1  # in a size
MIRRORED = ((), (-1,), (-2,), (-2, -1))


@dataclass(frozen=True)
class Padding:
    """Rows and columns around a feature map, in pixels."""

    top: int
    bottom: int
    left: int
    right: int


NO_PADDING = Padding(0, 0, 0, 0)


def fitting(spots: torch.Tensor, size: Size, most_copies: Size) -> set[Padding]:
    """The paddings with which a whole map of this size lies in every plane that has pixels."""
    paddings = [_paddings(plane, size, most_copies) for plane in spots if bool((plane >= 0).any())]
    return set.intersection(*paddings)


def _paddings(spots: torch.Tensor, size: Size, most_copies: Size) -> set[Padding]:
    """Where in a plane of places (row and column in one, -1 for none) a whole map of this size lies.

    As it was or mirrored; or else, if there are no copies, with its pixels in another order. What lies around it is no
    pixel, or a copy of one.
    """
    height, width = size
    down, across = spots.shape[0] - height, spots.shape[1] - width
    pixels = grid(size)
    if (down, across) == (0, 0) and torch.equal(spots, pixels):
        return {NO_PADDING}
    is_more_than_the_map = int((spots >= 0).sum()) > height * width
    rows, columns = (spots >= 0).any(1), (spots >= 0).any(0)  # that hold a pixel
    as_it_was: set[Padding] = set()
    mirrored: set[Padding] = set()
    in_another_order: set[Padding] = set()
    for top in range(down + 1):
        for left in range(across + 1):
            padding = Padding(top, down - top, left, across - left)
            copied_rows = max(rows[:top].sum(), rows[top + height :].sum())
            copied_columns = max(columns[:left].sum(), columns[left + width :].sum())
            inside = spots[top : top + height, left : left + width]
            if any(torch.equal(inside, pixels.flip(axes)) for axes in MIRRORED):
                if not is_more_than_the_map or (copied_rows <= most_copies[0] and copied_columns <= most_copies[1]):
                    (as_it_was if torch.equal(inside, pixels) else mirrored).add(padding)
            elif not is_more_than_the_map and torch.equal(inside.flatten().sort().values, pixels.flatten()):
                in_another_order.add(padding)
    return as_it_was or mirrored or in_another_order


def highest_and_lowest(places: torch.Tensor, axes: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
    """Along axes, the highest place, and the lowest row and column of what stands for a pixel."""
    spots = torch.where(places == 0, SOURCE - 1, places % SOURCE)
    return places.amax(axes, keepdim=True), spots.amin(axes, keepdim=True)


def agree_along(places: torch.Tensor, axes: list[int]) -> bool:
    """Whether places along axes are of one row and column, apart from those of what stands for no pixel."""
    spots = places % SOURCE
    lowest = spots.masked_fill(places == 0, SOURCE - 1).amin(axes)  # above the highest where none is a pixel's
    return bool((lowest >= spots.amax(axes)).all())


def agree_by_source(places: torch.Tensor, axes: list[int]) -> bool:
    """Whether places of each source, by themselves, are of one row and column along axes."""
    sources = places // SOURCE
    return all(agree_along(torch.where(sources == each, places, 0), axes) for each in sources.unique() if each)


def has_copies(spots: torch.Tensor) -> bool:
    """Whether a pixel comes more than once in a plane of places."""
    pixels = spots[spots >= 0]
    return len(pixels.unique()) < len(pixels)


def grid(size: Size) -> torch.Tensor:
    """Row and column of each pixel, in one number."""
    height, width = size
    return torch.arange(height)[:, None] * ROW + torch.arange(width)


def border(spots: torch.Tensor) -> Padding:
    """Rows and columns at the edges in which no plane of places has a pixel."""
    pixels = (spots >= 0).any(0)
    if not bool(pixels.any()):
        return NO_PADDING
    rows, columns = pixels.any(1).nonzero().flatten().tolist(), pixels.any(0).nonzero().flatten().tolist()
    return Padding(rows[0], pixels.shape[0] - 1 - rows[-1], columns[0], pixels.shape[1] - 1 - columns[-1])


def unevenness(padding: Padding) -> int:
    """How far top and bottom, and left and right, differ: of several paddings that fit, the most even is taken."""
    return abs(padding.top - padding.bottom) + abs(padding.left - padding.right)


def rows(places: torch.Tensor) -> torch.Tensor:
    """Places without their columns."""
    return places - places % ROW


def columns(places: torch.Tensor) -> torch.Tensor:
    """Places without their rows."""
    return places - places % SOURCE + places % ROW


def same_spots(left: torch.Tensor, right: torch.Tensor) -> bool:
    """Whether places are of the same rows and columns, wherever both stand for a pixel."""
    return torch.equal(left, right) or bool(((left == 0) | (right == 0) | (left % SOURCE == right % SOURCE)).all())


def is_mirrored(left: torch.Tensor, right: torch.Tensor) -> bool:
    """Whether a map has the other's pixels in the same order, or the opposite one of columns, rows or both."""
    return left.dim() > 1 and any(same_spots(left, right.flip(axes)) for axes in MIRRORED)


def varies(places: torch.Tensor, axis: int) -> bool:
    """Whether the pixels change along an axis."""
    spots, last = places % SOURCE, places.shape[axis] - 1
    return not torch.equal(spots.narrow(axis, 1, last), spots.narrow(axis, 0, last))
