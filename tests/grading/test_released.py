"""A test that the course changes after its release is not changed by every student."""

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment

from autograder.course.build import build
from autograder.grading import Course, CourseFault, carry_out, open_course, plan
from autograder.grading.gradebook import run_step
from autograder.grading.handed_out import course_notebooks
from autograder.grading.rebuild import rebuilt
from autograder.grading.released import FILE, METADATA, note_release
from autograder.kinds import FaultKind
from grading.small_course import make_course, source_notebook, write


@pytest.fixture
def course(tmp_path: Path, monkeypatch) -> Course:
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    return open_course(make_course(tmp_path / "course"))


def release(course: Course, folder: Path) -> NotebookNode:
    """What a student gets, as nbgrader makes it, and noted."""
    build(course.root, ["sums"], ["en"], folder)
    note_release(course.root, [folder / "en"])
    return nbformat.read(folder / "en" / "sums" / "sums.ipynb", as_version=4)


def change(course: Course, edit: Callable[[NotebookNode], None]) -> None:
    source = source_notebook()
    edit(source.cells[3])
    write(source, course.root / "source" / "sums" / "sums.ipynb")


def other_test(cell: NotebookNode) -> None:
    cell.source = cell.source.replace("answer.double(x) == 6", "answer.double(4) == 8")


def other_points(cell: NotebookNode) -> None:
    cell.metadata.nbgrader.points = 4


def told(course: Course, submitted: NotebookNode) -> list[tuple[str, str]]:
    (notebook,) = course_notebooks(course.assignment("sums"))["sums"].values()
    found = rebuilt(notebook, submitted)
    assert METADATA in notebook.metadata and METADATA not in found.notebook.metadata
    return [(repair.kind, repair.cell) for repair in found.repairs]


@pytest.mark.parametrize("edit", [other_test, other_points])
def test_a_copy_of_any_release_is_not_changed_and_one_of_none_is(course, tmp_path, edit):
    first = release(course, tmp_path / "first")
    assert told(course, first) == []
    change(course, edit)
    assert told(course, first) == []
    second = release(course, tmp_path / "second")
    change(course, lambda cell: (other_test(cell), other_points(cell)))
    assert told(course, first) == told(course, second) == []

    (tampered,) = (cell for cell in first.cells if cell.id == "test_double")
    tampered.source = "assert True"
    assert told(course, first) == [("changed", "test_double")]


def test_without_a_note_of_the_release_a_changed_test_is_told(course, tmp_path):
    first = release(course, tmp_path / "first")
    (course.root / FILE).unlink()
    change(course, other_test)
    assert told(course, first) == [("changed", "test_double")]
    change(course, other_points)
    assert told(course, first) == [("retagged", "test_double")]


def test_what_nbgrader_released_counts_and_is_noted_when_a_class_is_marked(course, zygote):
    """In a course that nbgrader releases, which notes nothing."""
    released = course.assignment("sums").released
    handed_in = {}
    for student, edit in {"anna": lambda cell: None, "boris": other_test}.items():
        change(course, edit)
        run_step(GenerateAssignment(coursedir=course.directory(assignment_id="sums"), config=course.config, force=True))
        handed_in[student] = nbformat.read(released / "sums.ipynb", as_version=4)
        write(handed_in[student], course.root / "submitted" / student / "sums" / "sums.ipynb")
        for _result in carry_out(plan(course.assignment("sums"), student), zygote):
            pass
    change(course, lambda cell: (other_test(cell), other_points(cell)))
    (released / "sums.ipynb").write_text("no notebook")

    assert [told(course, each) for each in handed_in.values()] == [[], []]


@pytest.mark.parametrize("content", ["{", "[]", '{"sums/sums": 3}'])
def test_a_note_that_is_none_is_named_and_left_as_it_is(course, tmp_path, content):
    (course.root / FILE).write_text(content)
    for step in (lambda: course_notebooks(course.assignment("sums")), lambda: release(course, tmp_path / "first")):
        with pytest.raises(CourseFault) as raised:
            step()
        assert raised.value.fault is FaultKind.BAD_RELEASED
    assert (course.root / FILE).read_text() == content


def test_a_release_again_notes_the_same(course, tmp_path):
    release(course, tmp_path / "first")
    noted = json.loads((course.root / FILE).read_text())
    release(course, tmp_path / "again")
    assert json.loads((course.root / FILE).read_text()) == noted
    assert set(noted["sums/sums"]) == {"given", "double", "test_double", "half", "test_half", "conclusion"}
