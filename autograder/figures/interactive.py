"""Figures that sliders redraw where a kernel runs; elsewhere they stand still."""

from collections.abc import Callable
from typing import Any

from autograder.figures.drawing import WIDTH, Picture

WIDGET = "application/vnd.jupyter.widget-view+json"


class Explorable:
    """A picture with a slider for each of its numbers; both a widget and, for a page without a kernel, an image."""

    def __init__(self, draw: Callable[..., Picture], ranges: dict[str, tuple[int, int, int]]) -> None:
        self._draw, self._ranges = draw, ranges

    def __repr__(self) -> str:
        return "<Explorable>"

    def _ipython_display_(self) -> None:
        from IPython.display import display

        still = self._draw(**{name: start for name, (_least, _most, start) in self._ranges.items()}).png()
        shown: dict[str, Any] = {"image/png": still, "text/plain": repr(self)}
        if widget := _widget(self._draw, self._ranges, still):
            shown |= widget._repr_mimebundle_()
        display(shown, raw=True, metadata={"image/png": {"width": WIDTH}})


def explore(draw: Callable[..., Picture], **ranges: tuple[int, int, int]) -> Explorable:
    """A figure of whole numbers, each (least, most, at first), which the reader moves by sliders.

    >>> explore(lambda n: windows_along_axis(n, 3), n=(4, 12, 8))
    <Explorable>
    """
    return Explorable(draw, ranges)


def _widget(draw: Callable[..., Picture], ranges: dict[str, tuple[int, int, int]], still: bytes) -> Any:
    try:
        import ipywidgets
    except ImportError:
        return None  # the image does without
    narrow = ipywidgets.Layout(max_width="100%", overflow="hidden")
    image = ipywidgets.Image(value=still, format="png", width=WIDTH, layout=narrow)
    sliders = {
        name: ipywidgets.IntSlider(value=start, min=least, max=most, description=name)
        for name, (least, most, start) in ranges.items()
    }

    def redraw(_change: object) -> None:
        image.value = draw(**{name: slider.value for name, slider in sliders.items()}).png()

    for slider in sliders.values():
        slider.observe(redraw, "value")
    halves = "repeat(2, minmax(0, 1fr))"
    two = ipywidgets.Layout(grid_template_columns=halves, max_width=f"{WIDTH}px", overflow="hidden")
    return ipywidgets.VBox([ipywidgets.GridBox(list(sliders.values()), layout=two), image], layout=narrow)
