"""Marks one submission: plain data in, plain data out; nothing is read or written."""

import time
from collections.abc import Mapping

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder import grading
from autograder.cells.metadata import LAB_RULES, grade_id, is_courses, is_grade, is_solution, is_students, name_of
from autograder.checks.losses import LEFT_OUT, LOST_CELL, NOT_RUN, STOPPED_CELL, Interrupted, Lost
from autograder.checks.verdicts import CouldNotTell
from autograder.grading.cleaning import cleaned
from autograder.grading.demonstrations import skippable
from autograder.grading.inside import judge_inside
from autograder.grading.judged import shown
from autograder.grading.judges import has_outside, is_judged_inside, is_judged_outside
from autograder.grading.marked import DEPICTED, CourseNotebooks, MarkedNotebook, Submission
from autograder.grading.missing_names import MissingNames
from autograder.grading.reading import Submitted, as_text, read_submitted
from autograder.grading.rebuild import language_of, rebuilt
from autograder.grading.results import Attention
from autograder.kinds import LossKind, OddityKind
from autograder.process.limits import MEGABYTE, Limits
from autograder.process.outputs import bytes_of, outputs_in_file
from autograder.process.student import StudentProcess
from autograder.process.warm import Zygote


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
    attention = [Attention(repair.kind, repair.cell) for repair in found.repairs]
    room = limits.notebook_output_bytes
    laid = {**rules, **(files or {}), **rules}  # the course's first: where a student's file is in the way, it gives way
    with StudentProcess(zygote, limits, laid, until) as student:
        as_handed_in = skippable(cells, student.reads)
        missing = MissingNames()
        handed_out = {name_of(cell): cell.source for cell in course[language].cells}
        is_asked = has_outside([course[language]])
        examiner = grading.Examiner(student, language, seed, rules) if is_asked else None
        for count, cell in enumerate(cells, start=1):
            if cell.id in as_handed_in:
                cell.outputs = as_text(
                    outputs_in_file(submitted.shown.get(grade_id(cell) or "", []), limits.output_bytes)
                )
                room -= _bytes_kept(cell, room, limits, language)
                continue
            if lost := student.why_time_is_up:
                cell.outputs = [_lost_output(lost, language)]
                attention += [Attention(lost.cause, name_of(cell))] if is_grade(cell) else []
                continue
            cell.execution_count = count
            if examiner and is_judged_outside(cell):
                judged = examiner.judge(cell.source)
                cell.outputs = missing.told_by(judged.outputs, language)
                attention += [Attention(judged.oddity, name_of(cell))] if judged.oddity else []
                if judged.depicted:
                    cell.metadata[DEPICTED] = as_text(judged.depicted)
            elif is_judged_inside(cell):
                found_inside = judge_inside(student, cell, language, seed)
                if isinstance(found_inside, Lost):
                    cell.outputs = [_lost_output(found_inside, language)]
                else:
                    outputs = found_inside.outputs
                    cell.outputs = outputs if found_inside.oddity else missing.told_by(outputs, language)
                    attention += [Attention(found_inside.oddity, name_of(cell))] if found_inside.oddity else []
            else:
                if examiner and is_courses(cell) and not is_students(cell):
                    examiner.prepare(cell.source)
                found_there = student.run(cell.source)
                if is_solution(cell):
                    missing.note(cell, handed_out.get(name_of(cell), ""), found_there)
                cell.outputs = [_lost_output(found_there, language)] if isinstance(found_there, Lost) else found_there
            cell.outputs = as_text(cell.outputs)
            if not is_judged_outside(cell):
                room -= _bytes_kept(cell, room, limits, language)
            attention += [Attention(lost.cause, name_of(cell)) for lost in student.take_losses()]
        attention += [Attention(OddityKind.NOT_LAID, file) for file in student.not_laid]
        student.leave()
        clean = cleaned(found.notebook, course[language], language)
    attention += [Attention(OddityKind.ACTIVE, cell) for cell in clean.cells]
    networks, logins = (examiner.networks, examiner.logins) if examiner else ({}, ())
    return MarkedNotebook(clean.notebook, tuple(dict.fromkeys(attention)), networks, logins)


def _bytes_kept(cell: NotebookNode, room: int, limits: Limits, language: str) -> int:
    """How much the outputs of the cell take; what there is no room for is left out, and that is said in its place."""
    if (size := bytes_of(cell.outputs)) <= room:
        return size
    text = LEFT_OUT.filled(megabytes=limits.notebook_output_bytes // MEGABYTE).text(language)
    told = shown(CouldNotTell(text)) if is_judged_inside(cell) else new_output("stream", name="stderr", text=text)
    cell.outputs = [told]
    return 0


def _lost_output(lost: Lost, language: str) -> NotebookNode:
    stopped = STOPPED_CELL if isinstance(lost, Interrupted) else LOST_CELL
    what = NOT_RUN if lost.cause is LossKind.TOTAL else stopped
    text = what.filled(lost=lost.told).text(language)
    return new_output("error", ename="Stopped", evalue=text, traceback=[text])
