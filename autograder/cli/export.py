"""`autograder export`: marks and feedback in the form that Moodle or Canvas takes back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.attention import ATTENTION
from autograder.checks.messages import some
from autograder.cli.faults import Problem, say_problem
from autograder.cli.help import Command
from autograder.cli.table import lateness, show_late
from autograder.cli.terminal import N_, Terminal, message
from autograder.kinds import ExportKind

if TYPE_CHECKING:
    from autograder.checks.messages import Message
    from autograder.classroom.exporting import ClassMarks, Exported, Waits
    from autograder.classroom.late import FinalMark
    from autograder.classroom.to_moodle import Describe

MOST_NAMES = 8
LEFT: dict[ExportKind, str] = {
    ExportKind.LOCKED: N_("Locked in Moodle, and left as it is ({count}): {who}."),
    ExportKind.EXCUSED: N_("Excused in Canvas, and left so ({count}): {who}."),
    ExportKind.NOT_ASSIGNED: N_("Not assigned to the student in Canvas, and left so ({count}): {who}."),
    ExportKind.TOO_MANY: N_("Below 0, or more points than the file's maximum, not written ({count}): {who}."),
    ExportKind.UNKNOWN: N_("A row, and nobody in the gradebook; left as it is ({count}): {who}."),
    ExportKind.TWICE: N_("Several rows that may be the same student's, left as they are ({count}): {who}."),
    ExportKind.NO_ROW: N_("A mark, and no row in the file ({count}): {who}."),
    ExportKind.OTHERS_COMMENT: N_("The mark is written, the comment that was there is kept ({count}): {who}."),
    ExportKind.NO_FEEDBACK: N_(
        "No page of feedback ({count}): {who}. Run `autograder feedback {assignment}`, then export again."
    ),
    ExportKind.OLD_FEEDBACK: N_(
        "The page of feedback is not of what is marked now ({count}): {who}. "
        "Run `autograder feedback {assignment}`, then export again."
    ),
}
NOT_GIVEN_BACK = (ExportKind.TOO_MANY, ExportKind.TWICE, ExportKind.NO_ROW)
NO_WORKSHEET = (
    N_("--to {to} fills a file that was downloaded there."),
    N_("Download Moodle's grading worksheet, or Canvas's gradebook, and give it: --worksheet FILE."),
)
FILES = (N_("Marks: {count}, in {file}"), N_("Feedback: {count}, in {file}"))
WAITING = (
    N_("Nothing was exported: submissions of {assignment} wait for a person ({count})."),
    N_(
        "Mark and look in formgrader: `jupyter lab`, menu Nbgrader → Formgrader. Or export the marks so far: --partial."
    ),
)


@click.command(cls=Command)
@click.argument("assignment")
@click.option("--to", type=click.Choice(["moodle", "canvas", "csv"]), required=True, help="Who takes the marks back.")
@click.option("--worksheet", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Moodle's grading worksheet, or Canvas's gradebook, as it was downloaded.")  # fmt: skip
@click.option("--column", metavar="NAME", help="Canvas's column, by its title or number, if it is not ASSIGNMENT.")
@click.option("--partial", is_flag=True, help="Export although submissions wait for a person: the marks so far.")
@click.option("--json", "as_json", is_flag=True, help="Print what was exported for a program to read.")
@click.pass_obj
def export(
    terminal: Terminal,
    assignment: str,
    to: str,
    worksheet: Path | None,
    column: str | None,
    partial: bool,
    as_json: bool,
) -> None:
    """Give the marks of ASSIGNMENT back to Moodle or Canvas, or as a plain table.

    Run it in the course folder, after `grade` and `feedback`. A copy of the worksheet is written
    beside it with marks and comments in it, and for Moodle a zip of the pages of feedback; nothing else in it changes.
    Nothing is exported while a submission waits for a person; with --partial, the marks so far are, and comments say
    that they are not final. Exit code: 0 when all marks went into the file; 1 when not; 2 for wrong usage, a faulty
    course or file.
    """
    if (worksheet is None) != (to == "csv"):
        if worksheet is None:
            raise Problem(*NO_WORKSHEET, to=to)
        raise click.UsageError("--to csv makes a new file, and takes no --worksheet.")
    from autograder.classroom.exporting import class_marks, export_to_canvas, export_to_csv, export_to_moodle
    from autograder.grading import open_course

    course = open_course(Path.cwd())
    found = class_marks(course.assignment(assignment))
    exported = None
    if partial or not found.incomplete:
        if worksheet is None:
            exported = export_to_csv(found)
        elif to == "canvas":
            exported = export_to_canvas(found, worksheet, column)
        else:
            exported = export_to_moodle(found, worksheet, describing(terminal, found.not_final))
    if as_json:
        click.echo(json.dumps(as_plain(found, to, exported), indent=2, ensure_ascii=False))
    elif exported is None:
        say_problem(terminal, *WAITING, {"assignment": assignment, "count": len(found.incomplete)})
        _say_waiting(terminal, found)
    else:
        _say_exported(terminal, found, exported, [course.shown(file) for file in exported.files])
    is_whole = (
        exported is not None and exported.files and not any(each.kind in NOT_GIVEN_BACK for each in exported.left)
    )
    raise SystemExit(0 if is_whole else 1)


def describing(terminal: Terminal, not_final: Container[str] = ()) -> Describe:
    """How a mark is told to a student in Moodle, and that it is not final."""
    from autograder.classroom.sheet import as_number_in

    def describe(mark: FinalMark, language: str) -> str:
        numbers = {
            name: as_number_in(language, getattr(mark, name)) for name in ("points", "max_points", "penalty", "mark")
        }
        if mark.seconds_late:
            told = message(
                "{points} of {max_points} points, late by {late}, penalty {penalty}; the mark is {mark}.",
                late=lateness(mark.seconds_late),
                **numbers,
            )
        else:
            told = message("{points} of {max_points} points.", **numbers)
        parts = [told]
        if mark.student in not_final:
            parts.append(message("The mark is not final: your instructor has still to mark some of it."))
        return " ".join(map(replace(terminal, language=language).text, parts))

    return describe


def _say_exported(terminal: Terminal, found: ClassMarks, exported: Exported, files: Sequence[str]) -> None:
    """How many marks are in which of the files, who was late, who waits, and what was left."""
    for file, template, count in zip(files, FILES, (len(exported.marks), exported.pages), strict=False):
        terminal.say(template, count=count, file=file)
    if not files:
        terminal.say("No mark went into the file, so nothing was written.")
    show_late(terminal, list(exported.marks.values()))
    for told in _of_the_file(exported):
        terminal.remark(told)
    if found.incomplete:
        count, left_out = len(found.not_final), sum(not each.has_mark for each in found.waiting)
        told = message("Not final: {count}, left out: {left_out}. For a person:", count=count, left_out=left_out)
        terminal.remark(told)
    _say_waiting(terminal, found)
    groups = defaultdict(list)
    for each in exported.left:
        groups[each.kind].append(each.who)
    for kind, names in groups.items():
        told = message(LEFT[kind], count=len(names), who=some(names, MOST_NAMES), assignment=found.assignment.name)
        terminal.remark(told, "red" if kind in NOT_GIVEN_BACK else "yellow")


def _of_the_file(exported: Exported) -> Iterator[Message]:
    """What to know of the file before it is uploaded."""
    if exported.rescaled is not None:
        numbers = {name: f"{value:g}" for name, value in asdict(exported.rescaled).items()}
        yield message("The marks are out of {points} points, and were rescaled to {maximum}.", **numbers)
    if exported.is_unusual:
        yield message(
            "The file is in {encoding} with “{separator}” between columns, as the one given: choose both on upload.",
            encoding=exported.encoding,
            separator="Tab" if exported.separator == "\t" else exported.separator,
        )
    if exported.graded_before:
        yield message(
            "Already marked in Moodle: {count}. When you upload the worksheet, tick “Allow updating records that have "
            "been modified more recently in Moodle than in the spreadsheet”, or Moodle may leave them as they are.",
            count=exported.graded_before,
        )
    if not exported.has_comments:
        yield message("The file has no column for comments: lateness and penalty are not in it.")


def _say_waiting(terminal: Terminal, found: ClassMarks) -> None:
    """What is waited for, and in whose submissions."""
    groups = defaultdict(list)
    for each in found.waiting:
        for reason in _reasons(each):
            groups[terminal.text(reason)].append(each.student)
    for reason_text, names in groups.items():
        who = some(names, MOST_NAMES)
        terminal.remark(message("{reason} ({count}): {who}.", reason=reason_text, count=len(names), who=who))


def _reasons(waits: Waits) -> list[Message]:
    if not waits.is_marked:
        return [message("not marked yet: run `grade`, and it says why where it can't")]
    changed = [message("changed since it was marked: run `grade` again")] if waits.is_changed else []
    return [
        *changed,
        *(message("{cell}: the grader could not tell", cell=cell) for cell in waits.undecided),
        *(message("{cell}: to be marked by hand", cell=cell) for cell in waits.by_hand),
        *(message("{cell}: {what}", cell=each.label, what=ATTENTION[each.kind]) for each in waits.attention),
    ]


def as_plain(found: ClassMarks, to: str, exported: Exported | None) -> dict[str, Any]:
    """What was exported as what JSON can hold; no files where nothing was."""
    plain: dict[str, Any] = {
        "assignment": found.assignment.name,
        "to": to,
        "files": [],
        "marks": [],
        "waiting": [asdict(each) | {"has_mark": each.has_mark, "is_final": each.is_final} for each in found.waiting],
    }
    if exported is None:
        return plain
    marks = [mark.as_plain() | {"written": exported.texts[student]} for student, mark in exported.marks.items()]
    return plain | {
        "files": [str(file) for file in exported.files],
        "marks": marks,
        "pages": exported.pages,
        "rescaled": exported.rescaled and asdict(exported.rescaled),
        "graded_before": exported.graded_before,
        "left": [asdict(each) for each in exported.left],
    }
