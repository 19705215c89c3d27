"""Marks one submission: plain data in, plain data out; nothing is read or written."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder import grading
from autograder.cells.metadata import LAB_RULES, grade_id, is_courses, is_grade, is_solution, is_students, name_of
from autograder.checks.losses import LEFT_OUT, LOST_CELL, NOT_RUN, STOPPED_CELL, Interrupted, Lost
from autograder.checks.verdicts import Broken, CouldNotTell
from autograder.grading.cleaning import cleaned
from autograder.grading.demonstrations import skippable
from autograder.grading.inside import judge_inside
from autograder.grading.judged import error_output
from autograder.grading.judges import has_outside, is_judged_inside, is_judged_outside
from autograder.grading.marked import DEPICTED, CourseNotebooks, MarkedNotebook, Submission
from autograder.grading.missing_names import MissingNames
from autograder.grading.reading import Submitted, as_text, read_submitted
from autograder.grading.rebuild import language_of, rebuilt
from autograder.grading.results import Attention, BrokenRule
from autograder.kinds import AttentionKind, LossKind, OddityKind
from autograder.process.limits import MEGABYTE, Limits
from autograder.process.outputs import bytes_of, outputs_in_file
from autograder.process.student import StudentProcess
from autograder.process.warm import Zygote

if TYPE_CHECKING:
    from autograder.grading.examiner import Examiner

Shown = tuple[list[NotebookNode], Attention | None]  # the outputs of a cell, and what is odd in them


def mark_submission(
    course: CourseNotebooks, submission: Submission, zygote: Zygote, limits: Limits
) -> dict[str, MarkedNotebook]:
    """Every notebook that was handed in, by name; SubmissionFault where one can't be read."""
    until = time.monotonic() + limits.total_seconds
    zygote.fork_ahead()  # the student's process gets ready while the notebooks are read
    read = {name: read_submitted(name, text, course[name]) for name, text in submission.notebooks.items()}
    return {
        name: mark_notebook(course[name], notebook, zygote, limits, submission.seed, submission.files, until)
        for name, notebook in read.items()
    }


def mark_notebook(
    course: Mapping[str, NotebookNode],
    submitted: Submitted,
    zygote: Zygote,
    limits: Limits,
    seed: int,
    files: Mapping[str, bytes] | None = None,
    until: float | None = None,
) -> MarkedNotebook:
    """Run the student's cells in a process of their own, and each test at its place, there or outside of it.

    A demonstration that nothing rests on is not run: it shows what it showed when it was handed in. When the time for
    the submission is up, `until` by the monotonic clock, what was judged stands, and nothing after it is run or judged.
    """
    until = time.monotonic() + limits.total_seconds if until is None else until
    language = language_of(submitted.notebook, course)
    rules = course[language].metadata.get(LAB_RULES, {})
    found = rebuilt(course[language], submitted.notebook)
    cells = [cell for cell in found.notebook.cells if cell.cell_type == "code"]
    attention = list(found.repairs)
    room = limits.notebook_output_bytes
    laid = {**rules, **(files or {}), **rules}  # the course's first: where a student's file is in the way, it gives way
    with StudentProcess(zygote, limits, laid, until) as student:
        not_run = skippable(cells, student.reads)
        shown = {cell.id: submitted.shown.get(grade_id(cell) or "", []) for cell in cells if cell.id in not_run}
        is_asked = has_outside([course[language]])
        examiner = grading.Examiner(student, language, seed, rules) if is_asked else None
        handed_out = {name_of(cell): cell.source for cell in course[language].cells}
        running = _Running(student, examiner, MissingNames(), handed_out, shown, limits, language, seed)
        for count, cell in enumerate(cells, start=1):
            outputs, oddity = running.outputs_of(cell, count)
            cell.outputs = as_text(outputs)
            if not is_judged_outside(cell):
                room -= _bytes_kept(cell, room, limits, language)
            attention += [oddity] if oddity else []
            attention += [Attention(lost.cause, name_of(cell)) for lost in student.take_losses()]
        attention += [Attention(OddityKind.NOT_LAID, file) for file in student.not_laid]
        student.leave()
        clean = cleaned(found.notebook, course[language], language)
    attention += [Attention(OddityKind.ACTIVE, cell) for cell in clean.cells]
    networks, logins = (examiner.networks, examiner.logins) if examiner else ({}, ())
    return MarkedNotebook(clean.notebook, tuple(dict.fromkeys(attention)), networks, logins)


@dataclass(frozen=True)
class _Running:
    """A notebook whose cells run in turn; `handed_out` are the sources of the course's cells by their names.

    `as_handed_in` has what those show that are not run, by their ids.
    """

    student: StudentProcess
    examiner: "Examiner | None"
    missing: MissingNames
    handed_out: Mapping[str, str]
    as_handed_in: Mapping[str, list[NotebookNode]]
    limits: Limits
    language: str
    seed: int

    def outputs_of(self, cell: NotebookNode, count: int) -> Shown:
        """What the cell shows, run as the one of this number unless it need not be, or may not any more."""
        if cell.id in self.as_handed_in:
            return outputs_in_file(self.as_handed_in[cell.id], self.limits.output_bytes), None
        if lost := self.student.why_time_is_up:
            return [_lost_output(lost, self.language)], _odd(cell, lost.cause if is_grade(cell) else None)
        cell.execution_count = count
        return self._run(cell)

    def _run(self, cell: NotebookNode) -> Shown:
        """What the cell shows, judged if it is a test."""
        if self.examiner and is_judged_outside(cell):
            judged = self.examiner.judge(cell.source)
            if judged.depicted:
                cell.metadata[DEPICTED] = as_text(judged.depicted)
            return self.missing.told_by(judged.outputs, self.language), _odd(cell, judged.oddity, judged.broken)
        if is_judged_inside(cell):
            inside = judge_inside(self.student, cell, self.language, self.seed)
            if isinstance(inside, Lost):
                return [_lost_output(inside, self.language)], None
            outputs = inside.outputs if inside.oddity else self.missing.told_by(inside.outputs, self.language)
            return outputs, _odd(cell, inside.oddity)
        if self.examiner and is_courses(cell) and not is_students(cell):
            self.examiner.prepare(cell.source)
        found = self.student.run(cell.source)
        if is_solution(cell):
            self.missing.note(cell, self.handed_out.get(name_of(cell), ""), found)
        return ([_lost_output(found, self.language)] if isinstance(found, Lost) else found), None


def _odd(cell: NotebookNode, kind: AttentionKind | None, broken: Broken | None = None) -> Attention | None:
    """What of the cell is to be looked at, if something is."""
    if kind is None:
        return None
    if broken:
        return BrokenRule(kind, name_of(cell), rule=broken.rule, line=broken.line, error=broken.error)
    return Attention(kind, name_of(cell))


def _bytes_kept(cell: NotebookNode, room: int, limits: Limits, language: str) -> int:
    """How much the outputs of the cell take; what there is no room for is left out, and that is said in its place."""
    if (size := bytes_of(cell.outputs)) <= room:
        return size
    text = LEFT_OUT.filled(megabytes=limits.notebook_output_bytes // MEGABYTE).text(language)
    said = new_output("stream", name="stderr", text=text)
    cell.outputs = [error_output(CouldNotTell(text)) if is_judged_inside(cell) else said]
    return 0


def _lost_output(lost: Lost, language: str) -> NotebookNode:
    stopped = STOPPED_CELL if isinstance(lost, Interrupted) else LOST_CELL
    what = NOT_RUN if lost.cause is LossKind.TOTAL else stopped
    text = what.filled(lost=lost.told).text(language)
    return new_output("error", ename="Stopped", evalue=text, traceback=[text])
