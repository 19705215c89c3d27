"""The course itself: what is committed in `release/` is what its sources give, proved."""

import re
from pathlib import Path

import nbformat
import pytest

from autograder.cells.metadata import is_test, name_of
from autograder.course.build import build
from autograder.course.executions import REFERENCE, UNFILLED, running_proofs
from autograder.course.kept import NOT_RUN, kept_in
from autograder.course.lessons import lesson_faults
from autograder.course.own_tasks import own_rules
from autograder.course.prove import release_faults, source_faults, sources_of_tests
from autograder.course.release import assignments_of
from autograder.folders import files_in
from autograder.languages import LANGUAGES

COURSE = Path(__file__).parents[2]

POINTS = {
    "variant2": {
        "test_output_size": 2,
        "test_pad0_shape": 2,
        "test_pad0_layers": 1,
        "test_pad0_padding": 1,
        "test_pad1": 1,
        "test_compare_padding": 3,
        "test_own_net": 3,
        "conclusion": 2,
    },
    "variant3": {
        "test_conv2d_params": 2,
        "test_compact_budget": 2,
        "test_compact_pointwise": 2,
        "test_compact_forward": 1,
        "test_layer_params_dict": 2,
        "test_total": 1,
        "test_own_compact_net": 3,
        "conclusion": 2,
    },
}
ANSWERS = {
    "variant2": ["output_size", "model_pad0", "model_pad1", "compare_padding", "login", "own_net", "conclusion"],
    "variant3": [
        "conv2d_params",
        "compact_net",
        "layer_params_dict",
        "total",
        "login",
        "own_compact_net",
        "conclusion",
    ],
}
# The lab sheet's own numbers, which the reference answers must show.
NUMBERS = {
    "variant2": ["0.08680", "0.07253", "(8, 64, 16, 16)"],
    "variant3": ["896", "396", "3488", "4780", "(8, 32, 32, 32)"],
}


def source(assignment):
    return nbformat.read(COURSE / "source" / assignment / f"{assignment}.ipynb", as_version=4)


def graded(notebook, role):
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get(role)]


def test_the_assignments_are_those_of_the_course():
    assert assignments_of(COURSE) == tuple(POINTS)


@pytest.mark.parametrize("assignment", POINTS)
def test_tests_and_their_points_do_not_change(assignment):
    cells = graded(source(assignment), "grade")
    assert {name_of(cell): cell.metadata.nbgrader.points for cell in cells} == POINTS[assignment]


@pytest.mark.parametrize("assignment", ANSWERS)
def test_answer_cells_do_not_change(assignment):
    assert [name_of(cell) for cell in graded(source(assignment), "solution")] == ANSWERS[assignment]


@pytest.mark.parametrize("assignment", POINTS)
def test_most_tests_hide_a_part(assignment):
    tests = [cell for cell in source(assignment).cells if is_test(cell)]
    assert sum("BEGIN HIDDEN TESTS" in cell.source for cell in tests) >= len(tests) / 2


@pytest.mark.parametrize("assignment", NUMBERS)
def test_the_reference_shows_the_numbers_of_the_lab_sheet(assignment):
    printed = "".join(
        output.text
        for cell in source(assignment).cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream"
    )
    assert [number for number in NUMBERS[assignment] if number not in printed] == []


def test_the_sources_have_no_fault():
    assert source_faults(COURSE, assignments_of(COURSE)) == []
    assert lesson_faults(COURSE, ("ru", "en")) == []


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The release as it is made of the sources, but for the lessons."""
    folder = tmp_path_factory.mktemp("built")
    build(COURSE, tuple(POINTS), LANGUAGES, folder)
    return folder


@pytest.mark.parametrize("assignment", POINTS)
def test_a_committed_assignment_is_what_its_source_gives(assignment, built):
    for language in LANGUAGES:
        written = contents_below(built / language, assignment)
        assert written and written == contents_below(COURSE / "release" / language, assignment)
    assert release_faults(COURSE, built, [assignment], LANGUAGES) == []


@pytest.mark.parametrize(
    ("assignment", "language", "how"),
    [
        pytest.param(assignment, language, how, marks=pytest.mark.sampled(one_in=8))
        for assignment in POINTS
        for language in LANGUAGES
        for how in (UNFILLED, REFERENCE)  # nbval runs each reference, too
    ],
)
def test_an_assignment_run_unfilled_or_with_the_reference_answers_has_no_fault(
    assignment, language, how, built, tmp_path
):
    proofs = running_proofs(COURSE, built, [assignment], [language], kept_in(tmp_path))
    assert dict(zip((UNFILLED, REFERENCE), proofs, strict=True))[how]() == []


def test_the_tasks_of_a_students_own_are_proved():
    assert own_rules(sources_of_tests(COURSE, tuple(POINTS))) == ["own_size", "own_budget"]


def contents_below(folder: Path, name: str) -> dict[str, bytes]:
    """The files of one folder in another by their path in the latter."""
    return {path: content for path, content in files_in(folder).items() if Path(path).parts[0] == name}


def test_no_notebook_knows_the_rooms_without_which_its_run_is_kept():
    notebooks = [*COURSE.glob("source/*/*.ipynb"), *COURSE.glob("notebooks/*.ipynb")]
    imported = [name for path in notebooks for name in re.findall(r"autograder\.(\w+)", path.read_text("utf-8"))]
    assert imported and set(imported).isdisjoint(NOT_RUN)


def test_nothing_else_is_committed():
    sources = {path.relative_to(COURSE / "source").as_posix() for path in COURSE.glob("source/*/*.ipynb")}
    lessons = {f"lessons/{path.name}" for path in COURSE.glob("notebooks/*.ipynb")}
    for language in LANGUAGES:
        committed = files_in(COURSE / "release" / language)
        assert {path for path in committed if path.endswith(".ipynb")} == sources | lessons


def test_no_released_line_of_code_is_wider_than_a_laptop_shows():
    wide = [
        f"{path.relative_to(COURSE)}, cell {cell.id}: {line}"
        for path in sorted(COURSE.glob("release/*/*/*.ipynb"))
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
        for line in cell.source.splitlines()
        if len(line) > 88
    ]
    assert wide == []
