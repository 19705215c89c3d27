"""Figures of a trace or of numbers, with their words in the reader's language.

Each function returns a Matplotlib figure that a notebook shows where it is the last expression of a cell, and `explore`
one that sliders redraw. Figures are 700 pixels wide, and what colour tells, a mark or a word tells too.
"""

from autograder.figures.bars import parameter_bars
from autograder.figures.fields import field_along_axis
from autograder.figures.images import side_by_side
from autograder.figures.interactive import explore
from autograder.figures.kernels import kernel_table
from autograder.figures.ladder import shape_ladder
from autograder.figures.maps import padding_difference
from autograder.figures.sight import field_growth
from autograder.figures.three_costs import cost_bars
from autograder.figures.windows import numbers_in_cells, sliding_window, windows_along_axis

__all__ = [
    "cost_bars",
    "explore",
    "field_along_axis",
    "field_growth",
    "kernel_table",
    "numbers_in_cells",
    "padding_difference",
    "parameter_bars",
    "shape_ladder",
    "side_by_side",
    "sliding_window",
    "windows_along_axis",
]
