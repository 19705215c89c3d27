"""The figure of what padding adds to a feature map: a ring around it."""

import math

import torch
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator

from autograder.figures.drawing import (
    INK,
    SEQUENTIAL,
    SMALL,
    VERMILION,
    WIDTH,
    Picture,
    axes_at,
    picture,
)
from autograder.figures.words import by, real, words

MARGIN = 34  # pixels left of a map, for the numbers of its rows
CAPTION = 40  # pixels above a map
DIFFERENCES = "Greys"  # what is the same stays white
SAME = 1e-5  # values closer than this are the same: the order of additions differs with padding
DIGIT = 5  # pixels for a figure of a value that is written into a cell


def padding_difference(without: torch.Tensor, with_padding: torch.Tensor, language: str = "ru") -> Picture:
    """The maps of one convolution at padding=0, (H, W), and padding=p, (H + 2p, W + 2p), and how they differ.

    Inside, the third map is their absolute difference; its ring is what exists with padding alone.

        >>> x, weight = torch.randn(1, 1, 8, 8), torch.randn(1, 1, 3, 3)
        >>> without, padded = (F.conv2d(x, weight, padding=padding)[0, 0] for padding in (0, 1))
        >>> padding_difference(without, padded, language="en")
        <Picture size 700x318 with 4 Axes>
    """
    told, less, more = words(language), _plane(without), _plane(with_padding)
    ring = _ring_between(less, more)
    difference = torch.full_like(more, math.nan)
    difference[ring:-ring, ring:-ring] = (more[ring:-ring, ring:-ring] - less).abs()
    inside = difference[ring:-ring, ring:-ring]
    largest = inside.max().item()
    new = more[_ring_mask(more, ring)]
    low, high = _limits(more, less)
    # One scale for all three: a cell of one map is as large as a cell of another, and lies where the other lies.
    width = (WIDTH - 4 * MARGIN) / 3
    height = width * more.shape[0] / more.shape[1]
    with picture(CAPTION + height + 90) as figure:
        for place, (map, title) in enumerate(((less, "padding=0"), (more, f"padding={ring}"))):
            axes = _panel(figure, place, width, height, f"{title}: {by(tuple(map.shape))}", more)
            shift = ring if map is less else 0
            image = _show(axes, map, low, high, shift)
            _write_values(axes, map, low, high, shift)
            # The smaller map has no numbers at its rows and columns: its label keeps their place.
            axes.set_xlabel(told["mean"].format(mean=real(map.mean().item())), size=SMALL, labelpad=19 if shift else 4)
        _bar(figure, image, MARGIN, CAPTION + height + 58, 2 * width + MARGIN)
        axes = _panel(figure, 2, width, height, told["difference"], more)
        _show(axes, difference, 0.0, max(largest, SAME), 0, DIFFERENCES)
        _write_values(axes, difference, 0.0, max(largest, SAME), 0, DIFFERENCES)
        _hatch_ring(axes, more, ring)
        shown = "0" if largest < SAME else real(largest)
        text = [told["inside"].format(count=inside.numel(), largest=shown),
                told["new ring"].format(count=new.numel(), mean=real(new.mean().item()))]  # fmt: skip
        axes.set_xlabel("\n".join(text), size=SMALL)
    return figure


def _plane(map: torch.Tensor) -> torch.Tensor:
    """The map in double precision; ValueError where it is not (H, W)."""
    if map.dim() != 2 or 0 in map.shape:
        raise ValueError(f"a feature map has the shape (height, width), this one {tuple(map.shape)}")
    return map.detach().double()


def _ring_between(less: torch.Tensor, more: torch.Tensor) -> int:
    """How many rows and columns the larger map has more on each side; ValueError where they are not even."""
    grown = {large - small for large, small in zip(more.shape, less.shape, strict=True)}
    ring, odd = divmod(next(iter(grown)), 2)
    if len(grown) > 1 or odd or ring < 1:
        raise ValueError(f"{tuple(more.shape)} is not {tuple(less.shape)} with a ring around it, as at stride 1")
    return ring


def _ring_mask(map: torch.Tensor, ring: int) -> torch.Tensor:
    mask = torch.ones(map.shape, dtype=torch.bool)
    mask[ring:-ring, ring:-ring] = False
    return mask


def _limits(*maps: torch.Tensor) -> tuple[float, float]:
    low, high = min(map.min().item() for map in maps), max(map.max().item() for map in maps)
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _panel(figure: Picture, place: int, width: float, height: float, title: str, frame: torch.Tensor) -> Axes:
    axes = axes_at(figure, MARGIN + place * (width + MARGIN), CAPTION, width, height)
    axes.set_title(title)
    axes.set(xlim=(-0.5, frame.shape[1] - 0.5), ylim=(frame.shape[0] - 0.5, -0.5))
    return axes


def _show(axes: Axes, map: torch.Tensor, low: float, high: float, shift: int, colours: str = SEQUENTIAL) -> AxesImage:
    """Draws a map, shifted down and right, and leaves the axes' limits where a map in a frame needs them."""
    limits = (axes.get_xlim(), axes.get_ylim()) if shift else None
    rows, columns = map.shape
    extent = (shift - 0.5, shift + columns - 0.5, shift + rows - 0.5, shift - 0.5)
    image = axes.imshow(map.numpy(), cmap=colours, vmin=low, vmax=high, extent=extent, aspect="auto",
                        interpolation="nearest")  # fmt: skip
    if limits:
        axes.set(xlim=limits[0], ylim=limits[1])
        # Where this map has nothing the frame stays empty.
        axes.add_patch(Rectangle((shift - 0.5, shift - 0.5), columns, rows, fill=False, edgecolor=INK, linewidth=0.8))
        axes.set_frame_on(False)
        axes.set(xticks=[], yticks=[])
    else:
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(MaxNLocator(8, integer=True, min_n_ticks=1))
    return image


def _write_values(
    axes: Axes, map: torch.Tensor, low: float, high: float, shift: int, colours: str = SEQUENTIAL
) -> None:
    """Writes each value into its cell where the cells are large enough."""
    left, right = axes.get_xlim()
    written = _fitting_numbers(map, axes.bbox.width / (right - left))
    for (row, column), text in written.items():
        colour = _contrasting((map[row, column].item() - low) / (high - low), colours)
        axes.text(column + shift, row + shift, text, ha="center", va="center", size=6, color=colour, gid="value")


def _fitting_numbers(map: torch.Tensor, cell: float) -> dict[tuple[int, int], str]:
    """The finite values of a map by row and column, as exact as cells of that many pixels can hold; or none."""
    places = map.isfinite().nonzero().tolist()
    values = {(row, column): map[row, column].item() for row, column in places}
    exact = (0,) if all(abs(value - round(value)) < SAME for value in values.values()) else (2, 1)
    for decimals in exact:
        texts = {
            place: f"{round(value, decimals) + 0.0:.{decimals}f}".replace("-", "−") for place, value in values.items()
        }
        if max((len(text) for text in texts.values()), default=0) * DIGIT + 2 <= cell:
            return texts
    return {}


def _contrasting(share: float, colours: str) -> str:
    red, green, blue, _alpha = colormaps[colours](min(1.0, max(0.0, share)))
    return "black" if 0.3 * red + 0.59 * green + 0.11 * blue > 0.5 else "white"


def _hatch_ring(axes: Axes, map: torch.Tensor, ring: int) -> None:
    """Hatches the ring without hiding its colours, and frames the centre."""
    rows, columns = map.shape
    axes.add_patch(PathPatch(_frame(rows, columns, ring), facecolor="none", edgecolor=VERMILION, hatch="//",
                             linewidth=1.8, gid="ring"))  # fmt: skip


def _frame(rows: int, columns: int, ring: int) -> Path:
    """The outline of the ring: around the map and, the other way round, around its centre."""

    def corners(inset: float) -> list[tuple[float, float]]:
        low, right, bottom = inset - 0.5, columns - inset - 0.5, rows - inset - 0.5
        return [(low, low), (right, low), (right, bottom), (low, bottom), (low, low)]

    closed = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    outer, inner = corners(0), corners(ring)[::-1]
    if 2 * ring >= min(rows, columns):
        return Path(outer, closed)
    return Path(outer + inner, closed * 2)


def _bar(figure: Picture, image: AxesImage, left: float, top: float, width: float) -> None:
    """A scale of colours under a map."""
    axes = axes_at(figure, left, top, width, 10)
    bar = figure.colorbar(image, cax=axes, orientation="horizontal")
    bar.ax.tick_params(labelsize=SMALL - 1)
    bar.ax.xaxis.set_major_locator(MaxNLocator(4))
