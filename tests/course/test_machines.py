"""A lesson that was released is not rewritten for what another machine computes otherwise, and for all else it is."""

import base64
import io
from pathlib import Path

import nbformat
import numpy as np
import pytest
from matplotlib.image import imsave
from nbformat.v4 import new_output

from autograder.course.machines import shows_the_same
from autograder.course.release import release
from autograder.folders import files_in

from .made_notebooks import code, notebook
from .test_lessons import lesson, write_course


def picture(shade: float = 0, size: int = 2) -> str:
    png = io.BytesIO()
    imsave(png, np.full((size, size), 0.5 + shade / 255), vmin=0, vmax=1, cmap="gray", format="png")
    return base64.b64encode(png.getvalue()).decode()


def shown(*outputs: str) -> nbformat.NotebookNode:
    """A lesson whose cells show a text, or a picture."""
    book = notebook(*(code(str(number)) for number, _ in enumerate(outputs)))
    for number, (cell, output) in enumerate(zip(book.cells, outputs, strict=True)):
        cell.id = f"cell{number}"
        is_picture = output.startswith("iVBOR")
        cell.outputs = [
            new_output("display_data", {"image/png": output}) if is_picture else new_output("stream", text=output)
        ]
    return book


TABLE = "direct 64    94.1   100.0 ± 0.5\n64→4→64      87.8     9.8 ± 2.4\n"


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ((TABLE,), (TABLE,)),
        ((TABLE,), ("direct 64    93.9    99.8 ± 1.5\n64→4→64      87.8    10.1 ± 12.4\n",)),
        (("loss 0.123\n",), ("loss 9.8e-05\n",)),
        (("gap -0.1\n", picture()), ("gap +0.2\n", picture(100))),
        ((picture(), "the same\n"), (picture(3), "the same\n")),
    ],
)
def test_what_another_machine_computes_otherwise_is_the_same(before, now):
    assert shows_the_same(shown(*before), shown(*now))


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ((TABLE,), (TABLE.replace("direct 64", "direct 63"),)),
        ((TABLE,), (TABLE.replace("direct", "straight"),)),
        ((TABLE,), (TABLE + "64→1→64      65.6\n",)),
        (("12 of 64",), ("13 of 64",)),
        (("True",), ("False",)),
        (("0.5\n",), (picture(),)),
        ((picture(), "0.5\n"), (picture(100), "0.6\n")),  # no number before it differs
        (("0.5\n", picture()), ("0.5\n", picture(100))),
        (("0.5\n", picture()), ("0.6\n", picture(size=3))),
    ],
)
def test_anything_else_is_a_change(before, now):
    assert not shows_the_same(shown(*before), shown(*now))


def test_an_output_more_or_of_another_cell_is_a_change():
    before, now = shown("0.5\n", "0.5\n"), shown("0.5\n", "0.5\n")
    now.cells[1].outputs = []
    assert not shows_the_same(before, now)
    now.cells[0].outputs *= 2
    assert not shows_the_same(before, now)


ACCURACY = """print(f"accuracy {0.9417:.2f}")
import matplotlib.pyplot as plt
plt.plot([0.9417, 1])
plt.show()"""


def elsewhere(root: Path, text: str) -> dict[str, bytes]:
    """The release as another machine left it, where the lesson printed this text beside another figure."""
    for path in root.glob("release/*/lessons/*.ipynb"):
        book = nbformat.read(path, as_version=4)
        printed, figure = book.cells[-1].outputs
        printed.text = text
        size = np.frombuffer(base64.b64decode(figure.data["image/png"])[16:24], ">u4")
        png = io.BytesIO()
        imsave(png, np.zeros((size[1], size[0])), format="png")
        figure.data["image/png"] = base64.b64encode(png.getvalue()).decode()
        nbformat.write(book, path)
    return files_in(root / "release")


def test_releasing_on_another_machine_leaves_the_lessons_and_a_changed_one_is_rewritten(tmp_path):
    release(write_course(tmp_path, lesson(code(ACCURACY))), languages=["en"], archives=False)
    here = files_in(tmp_path / "release")

    there = elsewhere(tmp_path, "accuracy 0.91\n")
    release(tmp_path, languages=["en"], archives=False)
    assert files_in(tmp_path / "release") == there != here

    elsewhere(tmp_path, "precision 0.91\n")
    release(tmp_path, languages=["en"], archives=False)
    assert files_in(tmp_path / "release") == here
