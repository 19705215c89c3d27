"""What all figures share: their width, their colours, and how a notebook shows them."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure

WIDTH = 700  # pixels of a notebook's column
PIXELS_PER_INCH = 100
SHARPNESS = 2  # pixels of a screen or of paper for each of these

# Okabe and Ito's colours, which colour-blind readers tell apart; they differ in lightness too, for print.
BLUE, ORANGE, VERMILION, GREY, LIGHT, INK = "#0072B2", "#E69F00", "#D55E00", "#767676", "#DDDDDD", "#222222"
SEQUENTIAL = "cividis"

SMALL, NORMAL = 8.0, 9.0  # points
LINE = 16  # pixels from one line of text to the next

STYLE = {
    "font.family": "DejaVu Sans",  # it comes with Matplotlib and has Cyrillic letters, ✓ and ✗
    "font.size": NORMAL,
    "text.color": INK,
    "text.usetex": False,
    "axes.titlesize": NORMAL,
    "axes.titleweight": "normal",
    "axes.labelsize": SMALL,
    "axes.unicode_minus": True,
    "axes.formatter.use_locale": False,
    "axes.grid": False,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "hatch.linewidth": 0.8,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
}


class Picture(Figure):
    """A figure that a notebook shows once, of one size and with the same bytes each time, whatever the backend."""

    def png(self) -> bytes:
        """The figure as a picture, sharp enough for print."""
        content = io.BytesIO()
        with style.context(["default", STYLE]):
            self.savefig(content, format="png", dpi=SHARPNESS * PIXELS_PER_INCH, metadata={"Software": None})
        return content.getvalue()

    def svg(self) -> str:
        """The figure as a drawing, in letters of the reader's: light, and sharp at any size."""
        content = io.StringIO()
        with style.context(["default", STYLE, {"svg.fonttype": "none", "svg.hashsalt": "convlab"}]):
            self.savefig(content, format="svg", metadata={"Date": None, "Creator": None})
        return content.getvalue().replace("'DejaVu Sans'", "'DejaVu Sans', Verdana, sans-serif")

    def _ipython_display_(self) -> None:
        # Of all the ways to be shown, the only one that goes before Matplotlib's own, which crops and blurs.
        from IPython.display import display

        shown = {"image/png": self.png(), "text/plain": repr(self)}
        display(shown, raw=True, metadata={"image/png": {"width": WIDTH}})


@contextmanager
def picture(height: float) -> Iterator[Picture]:
    """An empty figure, WIDTH × height pixels, to be drawn in the course's style whatever the reader has set."""
    with style.context(["default", STYLE]):
        yield Picture(figsize=(WIDTH / PIXELS_PER_INCH, height / PIXELS_PER_INCH), dpi=PIXELS_PER_INCH)


def text_width(figure: Figure, text: str, **style: Any) -> float:
    """How wide a line of text is in a figure, in pixels."""
    drawn = figure.text(0, 0, text, **style)
    width = drawn.get_window_extent().width
    drawn.remove()
    return width


def shortened_to(figure: Figure, name: str, width: float, **style: Any) -> str:
    """The end of a name that is wider than that many pixels, which tells layers apart."""
    candidates = [name, *("…" + name[place:] for place in range(1, len(name)))]
    return next((each for each in candidates if text_width(figure, each, **style) <= width), "…")


def axes_at(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Axes at a place given in pixels from the figure's upper left corner."""
    whole = figure.get_figheight() * PIXELS_PER_INCH
    return figure.add_axes((left / WIDTH, 1 - (top + height) / whole, width / WIDTH, height / whole))


def sheet(figure: Figure) -> Axes:
    """Axes without ticks over the whole figure whose units are pixels from the upper left corner."""
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(figure.get_figheight() * PIXELS_PER_INCH, 0))
    axes.axis("off")
    return axes
