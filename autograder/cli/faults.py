"""What to say about each fault of marking, and the remedy."""

from collections.abc import Mapping
from typing import Any

from autograder.cli.terminal import N_, Terminal, message
from autograder.kinds import FaultKind

FAULTS: dict[FaultKind, tuple[str, str]] = {
    FaultKind.NOT_A_COURSE: (
        N_("{folder} is not a course folder: it holds no {missing}."),
        N_("Run this in the folder that holds nbgrader_config.py and source."),
    ),
    FaultKind.BAD_CONFIGURATION: (
        N_("nbgrader_config.py can't be read: {error}"),
        N_("Mend that line and run this again."),
    ),
    FaultKind.UNKNOWN_ASSIGNMENT: (
        N_("There is no assignment “{assignment}” in source."),
        N_("Choose one that is there: {known}."),
    ),
    FaultKind.NOTHING_SUBMITTED: (
        N_("There is nothing to mark: no folder “{folder}” here."),
        N_("Put each student's notebook at {folder}/STUDENT/{assignment}/{assignment}.ipynb."),
    ),
    FaultKind.UNKNOWN_STUDENT: (
        N_("There is no student “{student}” in {folder}."),
        N_("Choose one that is there: {known}."),
    ),
    FaultKind.CELLS_CHANGED: (
        N_("{assignment} has gained or lost graded cells since students were marked, which nbgrader does not allow."),
        N_(
            "Give the new version another name; or, if its marks may go, run "
            "`nbgrader db assignment remove {assignment} --force` and mark again."
        ),
    ),
    FaultKind.BAD_SOURCE: (
        N_("The source of {assignment} can't go into the gradebook: {error}"),
        N_("Run `autograder release {assignment}`: it names the cell."),
    ),
    FaultKind.MISPLACED: (
        N_("no folder “{wanted}”, only: {found}."),
        N_("Put the notebook into {folder}/."),
    ),
    FaultKind.SWAPPED: (
        N_("{folder} has the name of an assignment where a student's should be."),
        N_("The order is STUDENT/{assignment}/: rename the folders."),
    ),
    FaultKind.RENAMED: (
        N_("no “{wanted}”, but “{found}”."),
        N_("If that is the answer, rename it to {wanted}."),
    ),
    FaultKind.NESTED: (
        N_("no “{wanted}” in {folder}, but “{found}” deeper in it."),
        N_("If that is the answer, move it to {folder}/{wanted}."),
    ),
    FaultKind.ARCHIVE: (
        N_("the folder {folder} holds an archive, {found}, and no notebook."),
        N_("Unpack it there, so that {wanted} lies in the folder itself."),
    ),
    FaultKind.NO_NOTEBOOK: (
        N_("the folder {folder} holds no notebook."),
        N_("Ask for {wanted}, and put it there."),
    ),
    FaultKind.UNREADABLE: (
        N_("{notebook} can't be opened: {error}."),
        N_("Give yourself the right to read it."),
    ),
    FaultKind.NOT_JSON: (
        N_("{notebook} is not a notebook: its text is not JSON. Perhaps it was cut short or edited by hand."),
        N_("Ask for the file again, as Jupyter saved it."),
    ),
    FaultKind.ZIPPED: (
        N_("{notebook} is a zip archive under the name of a notebook."),
        N_("Unpack it, and put the notebook from it in its place."),
    ),
    FaultKind.NOT_A_NOTEBOOK: (
        N_("{notebook} is JSON, but not a notebook: {error}."),
        N_("Ask for the file again, as Jupyter saved it."),
    ),
    FaultKind.FOREIGN: (
        N_("{notebook} holds none of the tests of {assignment}: another notebook under its name."),
        N_("Ask for the notebook that was handed out, with the answers in it."),
    ),
    FaultKind.LINK: (
        N_("{file} is a link, and links are not followed."),
        N_("Put the file itself there."),
    ),
    FaultKind.BAD_NAME: (
        N_("the name of the folder holds a character that a page would read as a part of itself."),
        N_("Rename the folder: letters, digits, dots, dashes and spaces will do."),
    ),
    FaultKind.TOO_LARGE: (
        N_("{notebook} is larger than {megabytes} MB."),
        N_("Ask for it without its outputs and data."),
    ),
    FaultKind.CANNOT_START: (
        N_("students' code can't be run in the sandbox on this machine: {error}"),
        N_("`autograder doctor` names what is missing. With --unsafe, code that you trust runs with your own rights."),
    ),
    FaultKind.COULD_NOT_TELL: (
        N_("no mark for {checks}: the grader could not tell."),
        N_("Look at the notebook and give the points: `jupyter lab`, menu Nbgrader → Formgrader."),
    ),
    FaultKind.ENGINE: (
        N_("the grader gave up: {error}"),
        N_("This is a fault of the grader. Mark the notebook by hand, and report it."),
    ),
}


def say_fault(terminal: Terminal, fault: FaultKind, details: Mapping[str, str], who: str = "") -> None:
    """Name what is wrong, with whose submission, and the remedy."""
    say_problem(terminal, *FAULTS[fault], details, who)


def say_problem(terminal: Terminal, problem: str, remedy: str, values: Mapping[str, Any], who: str = "") -> None:
    """A problem in red and what to do about it, from their templates."""
    text = terminal.text(message(problem, **values))
    terminal.item("✗", f"{who}: {text}" if who else text, "red")
    terminal.item("  →", terminal.text(message(remedy, **values)))
