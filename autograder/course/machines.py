"""What a lesson shows differs a little between machines: what is released is rewritten only for more than that."""

import base64
import io
import re
from collections.abc import Iterator

import numpy as np
from matplotlib.image import imread
from nbformat import NotebookNode

# A number that was rounded to be shown. Whole numbers are counts, and those are the same everywhere.
FLOAT = re.compile(r"[-+]?\d+(?:\.\d+(?:e[-+]?\d+)?|e[-+]?\d+)")
LEAST_SEEN = 8 / 255  # of a colour
PICTURE = "image/png"


def shows_the_same(before: NotebookNode, now: NotebookNode) -> bool:
    """Whether two runs of the same cells show the same, but for what another machine computes otherwise.

    That is the decimal fractions in what is written, and the pictures drawn after one of them differed. Other pictures
    are the same if nobody could see them differ.
    """
    shown, shown_now = list(_shown(before)), list(_shown(now))
    if [(cell, kind) for cell, kind, _text in shown] != [(cell, kind) for cell, kind, _text in shown_now]:
        return False
    other_numbers = False
    for (_cell, kind, text), (_, _, text_now) in zip(shown, shown_now, strict=True):
        if kind == PICTURE:
            if not _same_picture(text, text_now, other_numbers):
                return False
        elif _without_floats(text) != _without_floats(text_now):
            return False
        else:
            other_numbers |= text != text_now
    return True


def _shown(notebook: NotebookNode) -> Iterator[tuple[str, str, str]]:
    """Each thing shown, in order: the cell, what it is, and its text."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                yield cell.id, output.name, output.text
            elif output.output_type == "error":
                yield cell.id, output.ename, "\n".join([output.evalue, *output.traceback])
            else:
                yield from ((cell.id, kind, str(data)) for kind, data in sorted(output.data.items()))


def _without_floats(text: str) -> list[str]:
    """The words of a text; a number that is longer moves the words of a table, too."""
    return FLOAT.sub(" # ", text).split()


def _same_picture(before: str, now: str, other_numbers: bool) -> bool:
    if before == now:
        return True
    pixels, pixels_now = (imread(io.BytesIO(base64.b64decode(png)), format="png") for png in (before, now))
    if pixels.shape != pixels_now.shape:
        return False
    return other_numbers or bool(np.abs(pixels - pixels_now).max() <= LEAST_SEEN)
