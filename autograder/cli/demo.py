"""`autograder demo`: a whole sample class, from release to marks, in a temporary course."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

import autograder
from autograder.cells.imports import modules_of
from autograder.cli.faults import Problem
from autograder.cli.grade import mark_with_progress, warm_process, with_one_thread_a_process
from autograder.cli.help import Command
from autograder.cli.outcome import say_attention, say_what_is_open
from autograder.cli.table import show_marks
from autograder.cli.terminal import N_, Terminal, message

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.grading import Result

ANSWERS = Path("tests", "answers")
EXITS = "# Ends Python in an answer.\n# loses: test_output_size\n# %% output_size\nimport os\n\nos._exit(1)"
SYNTAX_ERROR = "# Forgets a colon.\n# loses: test_conv2d_params\n# %% conv2d_params\ndef conv2d_params(*sizes)\n    ..."
CUT_SHORT = "# Hands in half a file: the upload broke off."
# The rule, the cell and the network of the task that each student has alone.
OWN = {
    "variant2": ("own_size", "own_net", "OwnNet"),
    "variant3": ("own_budget", "own_compact_net", "OwnCompactNet"),
}
# Who hands in which answer file, or what is written here.
STUDENTS = {
    "variant2": {
        "alina": "right/functional_style.py",
        "boris": "right/residual.py",
        "chingiz": "wrong/crops_the_map.py",
        "daria": "wrong/size_15.py",
        "egor": "wrong/compares_without_relu.py",
        "farida": "wrong/nothing_answered.py",
        "gleb": EXITS,
    },
    "variant3": {
        "inna": "right/layers_by_recursion.py",
        "kirill": "right/squeeze_and_excitation.py",
        "lada": "wrong/weights_in_a_list.py",
        "maxim": "wrong/pointwise_widens.py",
        "nina": "wrong/total_of_the_sheet.py",
        "oleg": SYNTAX_ERROR,
        "polina": CUT_SHORT,
    },
}


@dataclass(frozen=True)
class Submission:
    """What a student of the sample class hands in, and which tests it is to lose; None where it can't be marked."""

    student: str
    assignment: str
    did: str
    content: bytes
    loses: frozenset[str] | None


@click.command(cls=Command)
@click.option("--keep", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
              help="Make the course in DIR and keep it.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(1), default=min(4, os.cpu_count() or 1), metavar="N",
              help="Notebooks to mark at a time (default: as many as there are cores, four at the most).")  # fmt: skip
@click.pass_obj
def demo(terminal: Terminal, keep: Path | None, jobs: int) -> None:
    """Mark a sample class, from release to marks, in a temporary course.

    Exit code: 0 when every student got the marks that the answer file says, 1 otherwise.
    """
    repository = _find_repository()
    if repository is None:
        raise Problem(
            N_(
                "The demo needs the course itself, its source and its sample answers: the package, which students get, "
                "holds neither."
            ),
            N_("Clone the repository your package is from, and run `autograder demo` anywhere in it."),
        )
    if keep and keep.exists() and any(keep.iterdir()):
        raise Problem(N_("{folder} is not empty."), N_("Name a new folder."), folder=keep)
    begin = time.monotonic()
    with_one_thread_a_process()
    with _course_folder(keep) as root:
        sample = _sample_course(terminal, repository, root)
        surprises = _mark(terminal, root, sample, jobs)
    terminal.say("{count} submissions in {seconds} s.", count=len(sample), seconds=f"{time.monotonic() - begin:.0f}")
    if keep:
        terminal.say("The course is in {folder}: open `jupyter lab` there, menu Nbgrader → Formgrader.", folder=keep)
    for student in surprises:
        terminal.say("✗ {student}: not the marks that the answer file says.", "red", student=student)
    raise SystemExit(1 if surprises else 0)


def _find_repository() -> Path | None:
    """The course that this package belongs to, or the one around the working directory."""
    candidates = (Path(autograder.__file__).parents[1], Path.cwd(), *Path.cwd().parents)
    return next((folder for folder in candidates if (folder / ANSWERS).is_dir() and (folder / "source").is_dir()), None)


@contextmanager
def _course_folder(keep: Path | None) -> Iterator[Path]:
    """A folder for the course: a temporary one, unless it is to be kept."""
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.resolve()
    else:
        with TemporaryDirectory(prefix="convlab-") as folder:
            yield Path(folder).resolve()


def _sample_course(terminal: Terminal, repository: Path, root: Path) -> list[Submission]:
    """A course with its release in both languages and everything handed in."""
    from autograder.course.build import build
    from autograder.languages import LANGUAGES

    with terminal.status(message("Releasing the assignments in both languages …")):
        shutil.copytree(repository / "source", root / "source")
        shutil.copy(repository / "nbgrader_config.py", root)
        build(root, tuple(STUDENTS), LANGUAGES, root / "release")
    sample = [submission for assignment in STUDENTS for submission in _class(repository, root, assignment)]
    for submission in sample:
        folder = root / "submitted" / submission.student / submission.assignment
        folder.mkdir(parents=True)
        (folder / f"{submission.assignment}.ipynb").write_bytes(submission.content)
    return sample


def _class(repository: Path, root: Path, assignment: str) -> Iterator[Submission]:
    """The submissions to one assignment, in either language by turns."""
    from autograder.cells.files import content_of
    from autograder.course.answers import read_answers, submission
    from autograder.course.own_tasks import own_answers
    from autograder.languages import LANGUAGES

    source = _notebook(root / "source", assignment)
    released = cycle([_notebook(root / "release" / language, assignment) for language in LANGUAGES])
    for (student, answers), notebook in zip(STUDENTS[assignment].items(), released, strict=False):
        is_file = answers.endswith(".py")
        text = (repository / ANSWERS / assignment / answers).read_text(encoding="utf-8") if is_file else answers
        file = read_answers(text, answers)
        file = replace(file, cells={**own_answers(*OWN[assignment], student), **file.cells})
        content = content_of(submission(notebook, source, file))
        yield Submission(
            student=student,
            assignment=assignment,
            did=file.summary,
            content=content[: len(content) // 2] if answers is CUT_SHORT else content,
            loses=None if answers is CUT_SHORT else frozenset(file.unearned),
        )


def _notebook(folder: Path, assignment: str) -> NotebookNode:
    from autograder.cells.files import read_notebook

    return read_notebook(folder / assignment / f"{assignment}.ipynb")


def _mark(terminal: Terminal, root: Path, sample: list[Submission], jobs: int) -> list[str]:
    """Mark everything and show it; the students whose marks are not what their answer file says."""
    from autograder.grading import open_course, plan

    course = open_course(root)
    unsafe = not _has_sandbox(terminal)
    surprises = []
    for assignment in STUDENTS:
        theirs = {one.student: one for one in sample if one.assignment == assignment}
        with warm_process(unsafe=unsafe, modules=modules_of(root / "source" / assignment)) as zygote:
            to_do = plan(course.assignment(assignment))
            results = mark_with_progress(terminal, to_do, zygote, jobs)
        notes = {student: one.did for student, one in theirs.items()}
        show_marks(terminal, assignment, to_do.cells, results, notes)
        say_attention(terminal, results)
        say_what_is_open(terminal, results)
        surprises += [result.student for result in results if _lost(result) != theirs[result.student].loses]
    return surprises


def _has_sandbox(terminal: Terminal) -> bool:
    """Whether students' code can be run in the sandbox here; the sample's answers may be run without."""
    from autograder.process.limits import Limits
    from autograder.process.warm import CannotStart, Zygote

    try:
        with Zygote(Limits()) as zygote:
            zygote.fork().end()
    except CannotStart as error:
        terminal.say("No sandbox here ({error}): the sample runs without. See `autograder doctor`.", error=error)
        return False
    return True


def _lost(result: Result) -> frozenset[str] | None:
    """The tests that a submission lost points in; None where it was not marked."""
    from autograder.grading import Marked

    if not isinstance(result, Marked):
        return None
    return frozenset(mark.check for mark in result.marks if mark.points != mark.max_points)
