"""A course of plain tests earns here what it earns in nbgrader, and tells when its tests are lied to."""

import gc
import os
from collections.abc import Iterator
from contextlib import chdir
from importlib.resources import files
from pathlib import Path
from shutil import copy, copytree
from unittest.mock import patch

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.utils import determine_grade

from autograder.cells.files import read_notebook
from autograder.cells.metadata import grade_id, is_grade, is_solution
from autograder.classroom.collecting import collect_downloads
from autograder.classroom.exporting import class_marks
from autograder.classroom.gather import gather
from autograder.grading import Attention, CourseFault, Limits, Marked, carry_out, open_course, plan
from autograder.grading.gradebook import waiting_for_a_person
from autograder.grading.handed_out import course_notebooks
from autograder.grading.judges import Judge
from autograder.grading.marking import mark_submission
from autograder.grading.submissions import collect
from autograder.kinds import CollectKind, FaultKind, LossKind, OddityKind
from autograder.process.warm import Child, Zygote
from grading.plain_course import (
    PYTHON,
    as_old,
    graded,
    hand_in,
    make_plain_course,
    notebook_with_tests,
    reference,
    solution,
    written_notebook,
)
from grading.small_course import by_nbgrader

SQUARE, CUBE = "def square(n):\n    return {}", "def cube(n):\n    return {}"
# By student: what differs from the reference, and cells of the student's own.
HONEST = {
    "reference": ({}, ()),
    "mutated": ({"square": SQUARE.format("n + 6"), "cube": CUBE.format("abs(n ** 3)")}, ()),
    "warns": ({"square": "def square(n):\n    warnings.warn('never mind')\n    return n * n",
               "cube": "def cube(n):\n    warnings.warn('mind')\n    return n ** 3"}, ("x = 1;",)),
    "broken": ({"square": "def square(n:", "cube": CUBE.format("1 / 0"), "mean": "def mean():\n    print(open('data.csv').read())\n    return 4.0",
                "by_hand": "1 / 0"}, ("%%bash\ntrue", "calls = ['before']", "globals()[1] = 2; _own = 3")),
}  # fmt: skip
Marks = dict[tuple[str, str, str], tuple[float | None, bool]]


def marks(root: Path) -> Marks:
    """What the gradebook has of each cell of each student: the mark by tests, and whether a person is waited for."""
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        return {
            (submission.student.id, notebook.name, grade.name): (grade.auto_score, grade.needs_manual_grade)
            for submission in gradebook.assignment_submissions("numbers")
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def mark(root: Path, zygote) -> dict[str, Marked]:
    with chdir(root):
        found = {each.student: each for each in carry_out(plan(open_course(root).assignment("numbers")), zygote)}
    assert all(isinstance(each, Marked) for each in found.values()), found
    return found


@pytest.fixture(autouse=True, scope="module")
def no_settings_of_the_user() -> Iterator[None]:
    with patch.dict(os.environ, {"JUPYTER_NO_CONFIG": "1"}):
        yield


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_plain_course(tmp_path_factory.mktemp("plain"))
    by_nbgrader(root, GenerateAssignment, "numbers")
    for student, (answers, own) in HONEST.items():
        hand_in(root, student, reference() | answers, own, all_of_it=student == "reference")
    hand_in(root, "stub", {}, all_of_it=False)
    return root


@pytest.mark.sampled(one_in=4, corpus="beside nbgrader")
def test_every_mark_is_nbgraders(course, zygote):
    by_nbgrader(course, Autograde, "numbers")
    theirs = marks(course)
    (course / "gradebook.db").unlink()

    found = mark(course, zygote)

    assert marks(course) == theirs
    assert len(theirs) == 5 * 9
    assert {found["reference"].points, found["stub"].points} == {11.5, 0}
    for student, one in found.items():
        lacks = () if student == "reference" else (Attention(OddityKind.NOT_HANDED_IN, "written.ipynb"),)
        assert one.attention == lacks
    with chdir(course):
        assert plan(open_course(course).assignment("numbers")).to_mark == ()


ALL = {"test_square", "test_gives_a_name", "test_later", "test_cube", "test_mean", "test_module"}
WITH_SQUARE = {"test_square", "test_gives_a_name", "test_module"}
WITH_VALUE = {"test_cube", "test_module"}
# By student: answers that differ, a cell of the student's own, and the tests that are left to a person.
LIES = {
    "equal_to_all": ({"square": "class Any:\n    def __eq__(self, other):\n        return True\nsquare = Any()"}, "", WITH_SQUARE),
    "no_assertion": ({}, "def empty(lines):\n    return [line.replace('assert', 'pass #') for line in lines]\n"
                         "get_ipython().input_transformers_cleanup.append(empty)", ALL),
    "no_code": ({}, "class Empty:\n    def visit(self, node):\n        return type(node)([], [])\n"
                    "get_ipython().ast_transformers.append(Empty())", ALL),
    "no_error": ({}, "type(get_ipython()).showtraceback = lambda *given, **named: None", ALL),
    "no_cell": ({}, "type(get_ipython()).run_cell = lambda *given, **named: None", ALL),
    "own_mark": ({"square": "def square(n):\n    __import__('sys').displayhook(2)"}, "", {"test_square", "test_gives_a_name"}),
    "other_mark": ({}, "formatter = get_ipython().display_formatter.formatters['text/plain']\n"
                       "formatter.for_type(int, lambda value, shown, cycle: shown.text('4'))", WITH_VALUE),
    "more_than_all": ({"cube": "def cube(n):\n    globals()['score'] = 100\n    return n ** 3"}, "", {"test_cube"}),
    "all_fail": ({}, "import sys\nget_ipython().events.register('pre_run_cell', lambda *_: print('!', file=sys.stderr))", ALL),
}  # fmt: skip


def test_where_tests_are_lied_to_there_is_no_mark_and_it_is_told(course, tmp_path, zygote):
    root = copy_of(course, tmp_path)
    for student, (answers, own, _tests) in LIES.items():
        hand_in(root, student, reference() | answers, (own,))

    found = mark(root, zygote)

    assert {student: set(found[student].could_not_tell) for student in LIES} == {
        student: tests for student, (_answers, _own, tests) in LIES.items()
    }
    for student in LIES:
        kind = OddityKind.MORE_THAN_ALL if student == "more_than_all" else OddityKind.TAMPERED
        told = {(each.kind, each.cell) for each in found[student].attention}
        assert told == {(kind, test) for test in found[student].could_not_tell}


def test_an_answer_that_ends_the_process_costs_only_the_tests_that_ask_it(course, tmp_path, zygote):
    root = copy_of(course, tmp_path)
    hand_in(root, "exits", reference() | {"square": "import os\ndef square(n):\n    os._exit(0)"})

    (exits,) = mark(root, zygote).values()

    assert {each.check: each.points for each in exits.marks} == dict.fromkeys(ALL, 0) | {"test_cube": 4, "test_mean": 2}
    lost = {each.label for each in exits.attention if each.kind is LossKind.ENDED}
    assert lost == {f"tested/{cell}" for cell in (*WITH_SQUARE, "#5")}  # the fifth has no name


def test_what_a_task_sets_waits_for_a_person_until_it_is_marked(course, tmp_path, zygote):
    root = copy_of(course, tmp_path)
    hand_in(root, "anna", reference())
    mark(root, zygote)
    assignment = open_course(root).assignment("numbers")

    (anna,) = class_marks(assignment).waiting

    assert {*anna.by_hand} == waiting_for_a_person(assignment).keys() >= {"task"}


def test_who_hands_in_no_notebook_of_several_is_asked_for_all(course, tmp_path, zygote):
    root = copy_of(course, tmp_path)
    (root / "submitted" / "anna" / "numbers").mkdir(parents=True)

    (anna,) = carry_out(plan(open_course(root).assignment("numbers")), zygote)

    assert anna.fault is FaultKind.NO_NOTEBOOK
    assert anna.details["wanted"] == "tested.ipynb, written.ipynb"


def test_who_names_all_of_several_notebooks_otherwise_is_told_of_all(course, tmp_path, zygote):
    root = copy_of(course, tmp_path)
    hand_in(root, "anna", reference())
    for path in (root / "submitted" / "anna" / "numbers").glob("*.ipynb"):
        path.rename(path.with_stem(f"my {path.stem}"))

    (anna,) = carry_out(plan(open_course(root).assignment("numbers")), zygote)

    wanted, found = "tested.ipynb, written.ipynb", "my tested.ipynb, my written.ipynb"
    assert (anna.fault, anna.details) == (FaultKind.ALL_RENAMED, {"wanted": wanted, "found": found})


def faulty(root: Path, changes: dict[str, str]) -> Path:
    """The course with these changes in its source, and a right answer to it as it was."""
    hand_in(root, "right", reference(), all_of_it=False)
    path = root / "source" / "numbers" / "tested.ipynb"
    notebook = read_notebook(path)
    for cell in notebook.cells:
        for text, other in changes.items():
            cell.source = cell.source.replace(text, other)
    path.write_text(as_old(notebook))
    return root


@pytest.mark.sampled(one_in=2)
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, {}),
        ({"assert square(3) == 9": "assert square(3) == 8, 'eight'"}, {"test_square": "AssertionError: eight"}),
        ({"return n ** 3": "return n"}, {"test_cube": "2/4"}),
        ({"score = 0": "score = 3"}, {"test_cube": "7/4"}),
        ({"import warnings": "import not_installed"}, {"#2": "ModuleNotFoundError: No module named 'not_installed'"}),
    ],
)
def test_what_goes_wrong_with_the_courses_own_answers_is_told_once(course, tmp_path, zygote, changes, told):
    root = faulty(copy_of(course, tmp_path), changes)
    hand_in(root, "other", reference(), all_of_it=False)
    heard = []

    assert len(list(carry_out(plan(open_course(root).assignment("numbers")), zygote, tell=heard.append))) == 2

    found = {each.cell: each.error for each in heard[0]} if heard else {}
    assert {cell: found.get(cell) for cell in told} == told
    assert bool(found) == bool(told) == (len(heard) == 1)
    hand_in(root, "late", reference(), all_of_it=False)
    (late,) = carry_out(plan(open_course(root).assignment("numbers")), zygote, tell=heard.append)
    assert (late.student, len(heard)) == ("late", len(told) and 1)


def test_a_test_that_is_no_code_stops_the_run(course, tmp_path, zygote):
    root = faulty(copy_of(course, tmp_path), {"assert square(3) == 9": "assert square(3) = 9"})

    with pytest.raises(CourseFault) as raised:
        list(carry_out(plan(open_course(root).assignment("numbers")), zygote))

    assert raised.value.fault is FaultKind.COURSE_CELL
    assert (raised.value.details["notebook"], raised.value.details["cell"]) == ("tested.ipynb", "test_square")
    assert raised.value.details["error"].startswith("SyntaxError")


@pytest.mark.parametrize(
    ("changes", "cell", "error"),
    [
        ({"###END HIDDEN TESTS": ""}, "test_square", "No end hidden tests statement found"),
        ({"    ### END SOLUTION": ""}, "square", "no end solution statement found"),
        ({"square(3)": "### BEGIN SOLUTION\n### END SOLUTION"}, "#5", "Solution region detected in a non-solution cell"),
    ],
)
def test_a_cell_that_nbgrader_can_not_release_is_named(course, tmp_path, changes, cell, error):
    root = faulty(copy_of(course, tmp_path), changes)

    with pytest.raises(CourseFault) as raised:
        plan(open_course(root).assignment("numbers"))

    assert raised.value.fault is FaultKind.SOURCE_CELL
    assert (raised.value.details["notebook"], raised.value.details["cell"]) == ("tested.ipynb", cell)
    assert error in raised.value.details["error"]


def test_an_assignment_of_several_notebooks_is_offered_once(course):
    with pytest.raises(CourseFault) as raised:
        open_course(course).assignment("number")

    assert raised.value.details["known"] == "numbers"


HANGS = {
    "in_tests": {"square": "def square(n):\n    while True: pass"},
    "deaf": {"square": "import signal\ndef square(n):\n    signal.signal(signal.SIGINT, signal.SIG_IGN)\n    while True: pass"},
    "returns": {"square": "import signal\ndef square(n):\n    stopped = []\n    signal.signal(signal.SIGINT, lambda *_: stopped.append(n))\n"
                          "    while not stopped: pass\n    return n * n"},
    "at_nine": {"square": "def square(n):\n    while n == 9: pass\n    return n * n"},
    "once_defined": {"square": "def square(n):\n    return n * n\nwhile True: pass"},
}  # fmt: skip


class Counted(Zygote):
    """A warm process that counts how often it was forked."""

    forks = 0

    def fork(self) -> Child:
        self.forks += 1
        return super().fork()


def test_what_hangs_costs_its_time_once_a_cell_and_no_other_cell_is_run_again(course, tmp_path):
    """The marks are nbgrader's, with `c.Execute.timeout = 4`, where it gives any: it gives up a submission that does not
    heed an interruption, or answers it and hangs again.
    """
    root = copy_of(course, tmp_path)
    for student, answers in HANGS.items():
        hand_in(root, student, reference() | answers, all_of_it=False)
    assignment = open_course(root).assignment("numbers")
    limits = Limits(cpu_seconds=0.2, wall_seconds_per_cpu_second=20.0)  # no other cell needs a fiftieth of a second
    found, forks = {}, {}
    with Counted(limits) as zygote:
        for student in HANGS:
            zygote.forks = 0
            notebooks = course_notebooks(assignment)
            marked = mark_submission(notebooks, collect(assignment, student, notebooks), zygote, limits)["tested"]
            forks[student] = zygote.forks
            tests = [cell for cell in marked.notebook.cells if is_grade(cell) and not is_solution(cell)]
            found[student] = {grade_id(cell) for cell in tests if determine_grade(cell)[0] == 0}
            lost = [each.kind for each in marked.attention]
            assert len(lost) == {"at_nine": 1, "once_defined": 1}.get(student, len(WITH_SQUARE) + 1)
            assert set(lost) <= {LossKind.CPU, LossKind.WALL}  # the clock may be first where the machine is busy

    all_of_square = WITH_SQUARE | {"test_later"}  # it reads what a test gave
    assert found == {
        "in_tests": all_of_square, "deaf": all_of_square, "returns": WITH_SQUARE,
        "at_nine": {"test_gives_a_name", "test_later"}, "once_defined": set(),
    }  # fmt: skip
    # One more for each that goes on after the interruption: `test_square` calls it again.
    assert forks == dict.fromkeys(HANGS, 1) | {"deaf": 1 + len(WITH_SQUARE) + 1, "returns": 2}


def test_the_text_of_a_test_is_not_left_where_a_later_cell_finds_it(course, tmp_path, zygote):
    root = copy_of(course, tmp_path)
    look = "1 + 1\nprint(len(In), In, _ih, {name: globals()[name] for name in dir() if name.startswith('_i')}, Out)"
    hand_in(root, "looks", reference(), last=look)

    mark(root, zygote)

    notebook = nbformat.read(root / "autograded" / "looks" / "numbers" / "tested.ipynb", as_version=4)
    (shown,) = notebook.cells[-1].outputs
    assert shown.text.startswith("16 ")  # one for each cell of code, and an empty one before them
    assert "square(3)" in shown.text
    assert "square(-4)" not in shown.text and "cube(-2)" not in shown.text


def test_an_assignment_that_is_marked_by_hand_alone(tmp_path, zygote):
    root = make_plain_course(tmp_path)
    (root / "source" / "numbers" / "tested.ipynb").unlink()
    folder = root / "submitted" / "anna" / "numbers"
    folder.mkdir(parents=True)
    (folder / "written.ipynb").write_text(nbformat.writes(written_notebook()))

    (anna,) = mark(root, zygote).values()

    assert (anna.marks, anna.attention) == ((), ())
    assert all(waits for _score, waits in marks(root).values())
    with chdir(root):
        assert plan(open_course(root).assignment("numbers")).to_mark == ()


def test_a_notebook_for_another_kernel_is_refused_by_name(tmp_path):
    root = make_plain_course(tmp_path)
    notebook = written_notebook()
    notebook.metadata.kernelspec = PYTHON | {"name": "ir", "language": "R"}
    (root / "source" / "numbers" / "written.ipynb").write_text(nbformat.writes(notebook))
    (root / "submitted").mkdir()

    with pytest.raises(CourseFault) as raised:
        plan(open_course(root).assignment("numbers"))

    assert raised.value.fault is FaultKind.OTHER_KERNEL
    assert raised.value.details == {"notebook": "written.ipynb", "kernel": "ir", "language": "R", "assignment": "numbers"}


WRITTEN_BY_NBGRADER = {
    "autotest-hashed": ("changed", "unchanged"),
    "autotest-hidden": ("changed-right", "changed-wrong", "unchanged"),
}  # nbgrader's own examples of what students hand in, by the notebook of the course


@pytest.mark.sampled(one_in=4, corpus="beside nbgrader")
# It asks a kernel for what they must give, and leaves its sockets open.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_tests_that_nbgrader_writes_earn_what_they_earn_in_nbgrader(tmp_path, zygote):
    theirs, root = files("nbgrader") / "tests" / "apps" / "files", tmp_path
    (root / "source" / "numbers").mkdir(parents=True)
    (root / "nbgrader_config.py").write_text("c = get_config()\n")
    (root / "autotests.yml").write_bytes((theirs / "autotests.yml").read_bytes())
    for notebook, kinds in WRITTEN_BY_NBGRADER.items():
        (root / "source" / "numbers" / f"{notebook}.ipynb").write_bytes((theirs / f"{notebook}.ipynb").read_bytes())
        for kind in kinds:
            folder = root / "submitted" / kind / "numbers"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{notebook}.ipynb").write_bytes((theirs / f"{notebook}-{kind}.ipynb").read_bytes())
    by_nbgrader(root, GenerateAssignment, "numbers")
    by_nbgrader(root, Autograde, "numbers")
    given = marks(root)
    (root / "gradebook.db").unlink()

    found = mark(root, zygote)

    assert marks(root) == given
    assert {score for score, _waits in given.values()} == {0, 1}
    assert {each.judge for one in found.values() for each in one.marks} == {Judge.INSIDE}
    gc.collect()  # while its warnings are nobody's fault


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_cell_that_stops_nbgrader_where_it_writes_tests_is_named(tmp_path):
    root = make_plain_course(tmp_path)
    (root / "autotests.yml").write_bytes((files("nbgrader") / "tests" / "apps" / "files" / "autotests.yml").read_bytes())
    (root / "submitted").mkdir()
    path = root / "source" / "numbers" / "tested.ipynb"
    notebook = read_notebook(path)
    for cell in notebook.cells:
        if grade_id(cell) in ("test_square", "test_cube"):
            cell.source = {"test_square": "### AUTOTEST square(3)", "test_cube": "### AUTOTEST cubes(3)"}[grade_id(cell)]
    path.write_text(as_old(notebook))

    with pytest.raises(CourseFault) as raised:
        plan(open_course(root).assignment("numbers"))

    assert raised.value.fault is FaultKind.SOURCE_CELL
    details = {"cell": "test_cube", "notebook": "tested.ipynb", "error": "NameError: name 'cubes' is not defined"}
    assert raised.value.details == details
    gc.collect()  # while its warnings are nobody's fault


def with_another(root: Path) -> NotebookNode:
    """One more notebook for the assignment of the plain course, with an answer and a test of the same names."""
    answer = solution("square", "### BEGIN SOLUTION\nsquare = abs\n### END SOLUTION")
    test = graded("test_square", "assert square(-3) == 3", points=1)
    another = new_notebook(metadata={"kernelspec": PYTHON}, cells=[new_markdown_cell("# More"), answer, test])
    (root / "source" / "numbers" / "more.ipynb").write_text(nbformat.writes(another))
    return another


def test_tests_of_the_same_name_in_two_notebooks_are_told_apart(tmp_path, zygote):
    root = make_plain_course(tmp_path)
    another = with_another(root)
    by_nbgrader(root, GenerateAssignment, "numbers")
    hand_in(root, "anna", reference() | {"square": SQUARE.format("0")})
    (root / "submitted" / "anna" / "numbers" / "more.ipynb").write_text(nbformat.writes(another))

    (anna,) = mark(root, zygote).values()

    squares = {each.check: (each.points, each.max_points) for each in anna.marks if "square" in each.check}
    assert squares == {"more/test_square": (1, 1), "tested/test_square": (0, 2)}
    report = gather(open_course(root).assignment("numbers"))
    assert {each.check: each.points for each in report.works[0].checked if "square" in each.check} == {
        "more/test_square": 1, "tested/test_square": 0
    }  # fmt: skip


def test_each_notebook_of_a_download_goes_under_its_own_name(tmp_path):
    root = make_plain_course(tmp_path / "course")
    another = nbformat.writes(with_another(root))
    folder = tmp_path / "download" / "olga"
    folder.mkdir(parents=True)
    (folder / "tested.ipynb").write_text(tested := nbformat.writes(notebook_with_tests()))
    (folder / "more.ipynb").write_text(another)
    os.utime(folder / "tested.ipynb", (0, 0))  # the newer one has a test of its name, too

    (row,) = collect_downloads(open_course(root).assignment("numbers"), [tmp_path / "download"]).rows

    laid = root / "submitted" / "olga" / "numbers"
    assert {path.name: path.read_text() for path in laid.glob("*.ipynb")} == {"tested.ipynb": tested, "more.ipynb": another}
    assert [each.kind for each in row.remarks] == [CollectKind.UNLISTED]


def test_metadata_of_an_older_nbgrader_is_refused_by_name(tmp_path):
    root = make_plain_course(tmp_path)
    notebook = written_notebook()
    notebook.cells[0].metadata.nbgrader.schema_version = 1
    (root / "source" / "numbers" / "written.ipynb").write_text(nbformat.writes(notebook))
    (root / "submitted").mkdir()

    with pytest.raises(CourseFault) as raised:
        plan(open_course(root).assignment("numbers"))

    assert raised.value.fault is FaultKind.OLD_METADATA


def copy_of(course: Path, folder: Path) -> Path:
    """The course without its submissions."""
    for each in ("source", "release"):
        copytree(course / each, folder / each)
    copy(course / "nbgrader_config.py", folder)
    return folder
