"""Reads the gradebook and the marked notebooks of a class."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Assignment as StoredAssignment
from nbgrader.api import Grade, Gradebook, MissingEntry, SubmittedAssignment

from autograder.cells.metadata import grade_id, is_students
from autograder.cells.outputs import first_error
from autograder.checks.messages import printable
from autograder.checks.raised import is_stub
from autograder.checks.verdicts import OUTCOMES, Blocked, CouldNotTell, Failed, NotAnswered
from autograder.classroom.dates import time_zone
from autograder.classroom.late import FinalMark, final_marks, mark_of, marked_submissions
from autograder.classroom.logins import known_logins, login_attention
from autograder.classroom.people import listed
from autograder.classroom.records import Checked, ClassRecord, CodeCell, Outcome, Standing, Work
from autograder.faults import CourseFault
from autograder.grading.autograded import NETWORKS, noted_attention
from autograder.grading.course import Assignment, Course, graded_cells
from autograder.grading.fingerprint import course_fingerprint
from autograder.grading.gradebook import open_gradebook
from autograder.grading.handed_out import course_notebooks
from autograder.grading.results import Attention, GradedCell
from autograder.grading.source_faults import read_source_faults
from autograder.grading.stamp import stamp_in
from autograder.grading.submissions import has_handed_in, students
from autograder.kinds import FaultKind, LossKind, OddityKind
from autograder.replacing import read_json

MOST_CHARACTERS = 300  # of a message
MOST_CODE = 20_000  # characters of a cell that are compared
MOST_CELLS = 200  # of a notebook
KINDS = {str(kind): kind for kind in (*LossKind, *OddityKind)}
OUTCOME_OF_ERROR = {
    CouldNotTell.__name__: Outcome.UNDECIDED,
    NotAnswered.__name__: Outcome.UNANSWERED,
}
FAILED_MARK = OUTCOMES[Failed][0] + " "
Cell = Mapping[str, Any]


def gather(assignment: Assignment) -> ClassRecord:
    """The class and its work in the assignment; CourseFault where there are no marks."""
    course, cells = assignment.course, graded_cells(assignment)
    with open_gradebook(course) as gradebook:
        stored = _stored_with(cells, gradebook, assignment)
        submissions = {each.student_id: each for each in marked_submissions(gradebook, assignment.name)}
        if not submissions:
            raise CourseFault(FaultKind.NO_MARKS, assignment=assignment.name)
        zone = time_zone(course)
        works = [
            _work(assignment, cells, submission, mark_of(course, submission, zone))
            for _name, submission in sorted(submissions.items())
        ]
        everyone = gradebook.students
        handed_in = _handed_in(assignment)
        named = {student.id for student in everyone} | handed_in.keys()
        return ClassRecord(
            course=course.directory().course_id,
            assignment=assignment.name,
            cells=cells,
            works=_with_odd_logins(works, gradebook),
            missing=_shown(name for name in named - submissions.keys() if not handed_in.get(name)),
            not_marked=_shown(name for name in handed_in.keys() - submissions.keys() if handed_in[name]),
            names={printable(student.id): full_name(student.first_name, student.last_name) for student in everyone},
            earlier=_earlier(course, gradebook, stored),
            given=_given(assignment),
            source_faults=read_source_faults(assignment, course_fingerprint(assignment)),
            due=stored.duedate,
            zone=zone,
        )


def _stored_with(cells: Sequence[GradedCell], gradebook: Gradebook, assignment: Assignment) -> StoredAssignment:
    """The assignment in the gradebook; CourseFault where it is not there, or has not these cells."""
    try:
        stored = gradebook.find_assignment(assignment.name)
    except MissingEntry:
        raise CourseFault(FaultKind.NO_MARKS, assignment=assignment.name) from None
    known = {
        (notebook.name, cell.name)
        for notebook in stored.notebooks
        for cell in (*notebook.grade_cells, *notebook.task_cells)
    }
    if not {(cell.notebook, cell.name) for cell in cells} <= known:
        raise CourseFault(FaultKind.CELLS_CHANGED, assignment=assignment.name)
    return stored


def _with_odd_logins(works: Sequence[Work], gradebook: Gradebook) -> tuple[Work, ...]:
    """The same, and what is to be looked at in the logins of the class."""
    odd = login_attention({each.student: each.logins for each in works}, known_logins(listed(gradebook)))
    return tuple(replace(each, attention=(*each.attention, *odd.get(each.student, ()))) for each in works)


def _standing(mark: FinalMark) -> Standing:
    return Standing(mark.points, mark.max_points, mark.penalty, late=mark.seconds_late > 0)


def _earlier(course: Course, gradebook: Gradebook, assignment: StoredAssignment) -> dict[str, tuple[Standing, ...]]:
    """How each student stood in the assignments before this one, in the gradebook's order: by due date and name."""
    found: dict[str, tuple[Standing, ...]] = defaultdict(tuple)
    for each in gradebook.assignments:
        if each.id == assignment.id:
            break
        for student, mark in final_marks(course, gradebook, each.name).items():
            found[printable(student)] += (_standing(mark),)
    return dict(found)


def _work(
    assignment: Assignment, cells: Sequence[GradedCell], submission: SubmittedAssignment, mark: FinalMark
) -> Work:
    folder = assignment.autograded(submission.student_id)
    notebooks = {each.name: _notebook(folder / f"{each.name}.ipynb") for each in submission.notebooks}
    grades = {(each.name, grade.cell.name): grade for each in submission.notebooks for grade in each.grades}
    graded = [(cell, grades[cell.notebook, cell.name]) for cell in cells]
    stamp = stamp_in(notebooks.values())
    marked = {
        (name, grade_id(cell)): cell for name, notebook in notebooks.items() for cell in notebook.get("cells", ())
    }
    return Work(
        student=printable(submission.student_id),
        standing=_standing(mark),
        handed_in_at=submission.timestamp,
        pages={each.name: each.id for each in submission.notebooks},
        checked=tuple(
            checked(cell, grade, marked.get((cell.notebook, cell.name))) for cell, grade in graded if not cell.by_hand
        ),
        by_hand=tuple(
            cell.label for cell, grade in graded if grade.needs_manual_grade and (cell.by_hand or not _is_open(grade))
        ),
        attention=_attention(notebooks.values()),
        code=tuple(cell for name in sorted(notebooks) for cell in _code(notebooks[name])),
        open_points=sum(cell.max_points for cell, grade in graded if _is_open(grade)),
        networks={
            printable(name): tuple(map(printable, lines))
            for notebook in notebooks.values()
            for name, lines in notebook.get("metadata", {}).get(NETWORKS, {}).items()
        },
        fingerprint=stamp.submission,
        logins=stamp.logins,
    )


def _is_open(grade: Grade) -> bool:
    """Whether it waits for a person: nothing has given it points yet."""
    return grade.auto_score is None and grade.manual_score is None


def checked(cell: GradedCell, grade: Grade, marked: Cell | None) -> Checked:
    """What the check said: in the marked notebook, or as far as its points tell where there is none."""
    points = None if _is_open(grade) else grade.score
    error = first_error((marked or {}).get("outputs", ()))
    if error:
        name = error.get("ename", "")
        outcome = Outcome.UNANSWERED if is_stub(name, error.get("evalue", "")) else OUTCOME_OF_ERROR.get(name)
        mistake = None if outcome or name == Blocked.__name__ else _mistake(name, error.get("evalue", ""))
        return Checked(cell.label, outcome or Outcome.FAILED, points, mistake)
    if grade.auto_score is None:
        return Checked(cell.label, Outcome.UNDECIDED, points)
    if grade.auto_score >= cell.max_points:
        return Checked(cell.label, Outcome.PASSED, points)
    if grade.auto_score > 0:
        return Checked(cell.label, Outcome.PARTLY, points)
    return Checked(cell.label, Outcome.FAILED if marked else Outcome.UNANSWERED, points)


def _mistake(name: str, said: str) -> str:
    """The first line of what the check said; an error that is not a check's is named, too."""
    line = said.strip().partition("\n")[0]
    if line.startswith(FAILED_MARK):
        line = line.removeprefix(FAILED_MARK)
    else:
        line = f"{name}: {line}" if line else name
    return printable(line[:MOST_CHARACTERS])


def _attention(notebooks: Collection[Mapping[str, Any]]) -> tuple[Attention, ...]:
    """What `grade` found to look at, once for the submission as a whole."""
    return tuple(
        Attention(KINDS[kind], printable(cell), printable("".join(notebook[:1])))
        for kind, cell, *notebook in noted_attention(notebooks)
        if kind in KINDS
    )


def _code(notebook: Mapping[str, Any]) -> Iterator[CodeCell]:
    """The cells of code that the student may write, up to what is compared."""
    bare = ({name: part for name, part in cell.items() if name != "outputs"} for cell in notebook.get("cells", ()))
    cells = [cell for cell in map(nbformat.from_dict, bare) if cell.cell_type == "code" and is_students(cell)]
    for number, cell in enumerate(cells[:MOST_CELLS], start=1):
        yield CodeCell(grade_id(cell) or f"+{number}", printable(cell.source[:MOST_CODE], "\n\t"))


def _given(assignment: Assignment) -> tuple[str, ...]:
    """The code that every student was given: the assignment as it is handed out, and what was released with it."""
    handed_out = [each for languages in course_notebooks(assignment).values() for each in languages.values()]
    released = assignment.course.root / assignment.course.directory().release_directory
    released_notebooks = [_notebook(path) for path in sorted(released.rglob("*.ipynb"))]
    cells = (cell for notebook in (*handed_out, *released_notebooks) for cell in notebook.get("cells", ()))
    return tuple(dict.fromkeys(_source(cell) for cell in cells if cell.get("cell_type") == "code"))


def _source(cell: Cell) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def _notebook(path: Path) -> Mapping[str, Any]:
    """A notebook that we or nbgrader have written; empty where it is not there, or is none."""
    notebook = read_json(path)
    for cell in notebook.get("cells", ()):
        cell["source"] = _source(cell)
    return notebook


def _handed_in(assignment: Assignment) -> dict[str, bool]:
    """Everyone with a folder in `submitted/`, and whether it holds something for the assignment."""
    if not assignment.course.submitted.is_dir():
        return {}
    return {name: has_handed_in(assignment, name) for name in students(assignment.course)}


def _shown(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted(map(printable, names)))


def full_name(first: str | None, last: str | None) -> str:
    """A student's name as it is shown; empty where the gradebook has none."""
    return printable(" ".join(part for part in (last, first) if part))
