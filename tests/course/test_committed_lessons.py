"""The lessons that are committed in `release/` are what `notebooks/` gives, and run in each language."""

from copy import deepcopy
from pathlib import Path
from shutil import copy

import nbformat
import pytest

from autograder.cells.files import content_of, read_notebook, without_outputs
from autograder.course.build import in_language
from autograder.course.kept import kept_in
from autograder.course.lessons import lesson_proofs
from autograder.course.storing import Storing
from autograder.course.withholding import withheld
from autograder.languages import LANGUAGES

COURSE = Path(__file__).parents[2]
LESSONS = [(path.name, language) for path in sorted(COURSE.glob("notebooks/*.ipynb")) for language in LANGUAGES]


@pytest.fixture
def proofs(tmp_path, lesson, language):
    """That a lesson runs solved, and that it runs unsolved, in a course that has this one alone."""
    (tmp_path / "notebooks").mkdir()
    copy(COURSE / "notebooks" / lesson, tmp_path / "notebooks")
    return lesson_proofs(tmp_path, [language], tmp_path / "release", kept_in(tmp_path))


@pytest.mark.parametrize(("lesson", "language"), LESSONS)
def test_a_committed_lesson_has_the_cells_of_its_source(lesson, language):
    committed = read_notebook(COURSE / "release" / language / "lessons" / lesson)
    given = withheld(in_language(read_notebook(COURSE / "notebooks" / lesson), language))
    assert content_of(without_outputs(committed)) == content_of(without_outputs(given))


@pytest.mark.parametrize(
    ("lesson", "language", "how"),
    [
        pytest.param(*each, how, marks=pytest.mark.sampled(one_in=16))  # nbval runs each of them, solved
        for each in LESSONS
        for how in ("solved", "unsolved")
    ],
)
def test_a_lesson_runs(proofs, how):
    solved, unsolved = proofs
    assert {"solved": solved, "unsolved": unsolved}[how]() == []


@pytest.mark.parametrize("source", sorted(COURSE.glob("notebooks/*.ipynb")) + sorted(COURSE.glob("source/*/*.ipynb")))
def test_an_executed_notebook_is_stored_without_what_its_kernel_left(source):
    stored = nbformat.read(source, as_version=4)
    executed = deepcopy(stored)
    executed.metadata |= {"widgets": {"state": {}}, "language_info": {"name": "python", "version": "3.11.7"}}
    for cell in executed.cells:
        cell.metadata["execution"] = {"iopub.status.busy": "2026-01-01"}
        for output in cell.get("outputs", []):
            if output.output_type == "display_data":
                output.data["application/vnd.jupyter.widget-view+json"] = {"model_id": "1"}
    assert executed != stored
    assert Storing().preprocess(executed, {})[0] == stored
