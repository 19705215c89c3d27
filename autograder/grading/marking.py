"""Marks one submission: plain data in, plain data out; nothing is read or written."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.utils import is_grade

from autograder.checks.seeds import new_seed
from autograder.checks.subject import LOST_CELL, Lost
from autograder.grading.cleaning import cleaned
from autograder.grading.demonstrations import skippable
from autograder.grading.examiner import Examiner
from autograder.grading.reading import Submitted, as_text, grade_id, read_submitted
from autograder.grading.rebuild import language_of, name_of, rebuilt
from autograder.grading.results import Attention
from autograder.kinds import OddityKind
from autograder.process.limits import Limits
from autograder.process.outputs import outputs_in_file
from autograder.process.student import Student
from autograder.process.warm import Zygote

COURSE_TAG = "course"
CourseNotebooks = Mapping[str, Mapping[str, NotebookNode]]  # by name, by language


@dataclass(frozen=True)
class Submission:
    """What a student handed in: the assignment's notebooks by name, and the other files by path, as bytes.

    What hidden tests ask of it is drawn from `seed`; who marks it again, and wants the same asked, gives the same.
    """

    student: str
    notebooks: dict[str, bytes]
    files: dict[str, bytes]
    seed: int = field(default_factory=new_seed, repr=False)


@dataclass(frozen=True)
class MarkedNotebook:
    """The executed notebook, its test cells judged; nothing in it is active when it is shown."""

    notebook: NotebookNode
    attention: tuple[Attention, ...]


def mark_submission(
    course: CourseNotebooks, submission: Submission, zygote: Zygote, limits: Limits
) -> dict[str, MarkedNotebook]:
    """Every notebook that was handed in, by name; UnreadableNotebook where one can't be read."""
    read = {name: read_submitted(name, text, course[name]) for name, text in submission.notebooks.items()}
    return {
        name: mark_notebook(course[name], notebook, zygote, limits, submission.seed, submission.files)
        for name, notebook in read.items()
    }


def mark_notebook(
    course: Mapping[str, NotebookNode],
    submitted: Submitted,
    zygote: Zygote,
    limits: Limits,
    seed: int,
    files: Mapping[str, bytes] | None = None,
) -> MarkedNotebook:
    """Run the student's cells in a process of their own, and each test cell at its place outside of it.

    A demonstration that nothing rests on is not run: it shows what it showed when it was handed in.
    """
    language = language_of(submitted.notebook, course)
    found = rebuilt(course[language], submitted.notebook)
    cells = [cell for cell in found.notebook.cells if cell.cell_type == "code"]
    as_handed_in = skippable(cells)
    attention = [Attention(repair.kind, repair.cell) for repair in found.repairs]
    with Student(zygote, limits, files) as student:
        examiner = Examiner(student, language, seed)
        for count, cell in enumerate(cells, start=1):
            if cell.id in as_handed_in:
                cell.outputs = as_text(
                    outputs_in_file(submitted.shown.get(grade_id(cell) or "", []), limits.output_bytes)
                )
                continue
            cell.execution_count = count
            if is_grade(cell):
                cell.outputs = examiner.judge(cell.source)
            else:
                if COURSE_TAG in cell.metadata.get("tags", []):
                    examiner.prepare(cell.source)
                shown = student.run(cell.source)
                cell.outputs = [_lost_output(shown, language)] if isinstance(shown, Lost) else shown
            cell.outputs = as_text(cell.outputs)
            attention += [Attention(lost.cause, name_of(cell)) for lost in student.take_losses()]
    clean = cleaned(found.notebook, course[language], language)
    attention += [Attention(OddityKind.ACTIVE, cell) for cell in clean.cells]
    return MarkedNotebook(clean.notebook, tuple(attention))


def _lost_output(lost: Lost, language: str) -> NotebookNode:
    text = LOST_CELL.filled(lost=lost.told).text(language)
    return new_output("error", ename="Stopped", evalue=text, traceback=[text])
