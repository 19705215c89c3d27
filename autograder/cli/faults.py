"""What to say about each fault of marking, and the remedy."""

from collections.abc import Mapping
from typing import Any

from autograder.cli.terminal import N_, Terminal, message
from autograder.kinds import FaultKind

INSTALL_EXTRA = N_('Install it with the package\'s extra: `pip install "PATH-OF-THE-CLONE[torch]"`.')
FAULTS: dict[FaultKind, tuple[str, str]] = {
    FaultKind.NOT_A_COURSE: (
        N_("{folder} is not a course folder: it holds no {missing}."),
        N_("Run this in the folder that holds nbgrader_config.py and source."),
    ),
    FaultKind.BAD_CONFIGURATION: (
        N_("nbgrader_config.py can't be read: {error}"),
        N_("Mend that line and run this again."),
    ),
    FaultKind.UNKNOWN_SETTING: (
        N_("{setting}, in nbgrader_config.py, is no setting: it would hold for nothing."),
        N_("Mend its name; there are: {known}."),
    ),
    FaultKind.UNKNOWN_ASSIGNMENT: (
        N_("There is no assignment “{assignment}” in source."),
        N_("Choose one that is there: {known}."),
    ),
    FaultKind.NOTHING_SUBMITTED: (
        N_("There is nothing to mark: no folder “{folder}” here."),
        N_("Put what each student handed in into {folder}/STUDENT/{assignment}/: {wanted}."),
    ),
    FaultKind.NO_MARKS: (
        N_("Nothing of {assignment} is marked yet."),
        N_("Run `autograder grade {assignment}` first."),
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
    FaultKind.OLD_METADATA: (
        N_("A notebook of {assignment} has its points in an older form of nbgrader's metadata."),
        N_("Make a copy of the course, run `nbgrader update .` in its folder, then this again."),
    ),
    FaultKind.BAD_SOURCE: (
        N_("The source of {assignment} can't go into the gradebook: {error}"),
        N_("Mend it there; `nbgrader generate_assignment {assignment} --force` shows all that it says of it."),
    ),
    FaultKind.SOURCE_NOTEBOOK: (
        N_("{file} can't be read as a notebook ({error}). Nobody was marked."),
        N_("Restore it, or save it again from Jupyter; then run this again."),
    ),
    FaultKind.SOURCE_CELL: (
        N_("nbgrader can't release cell {cell} in {notebook}: {error}. Nobody was marked."),
        N_("Mend it in the source, and run this again."),
    ),
    FaultKind.COURSE_CELL: (
        N_("The course's own cell {cell} in {notebook} can't be run: {error}. Nobody was marked."),
        N_(
            "Mend it in the source: what a test uses must be installed here, and imported or defined in a cell tagged "
            "`course`; rules.py can't be imported there, its rules come from `check`. Then run this again."
        ),
    ),
    FaultKind.OWN_ANSWERS: (
        N_("With the course's own answers, too, these cells go wrong: {cells}."),
        N_(
            "Mend them, or the answers, in the source; what they import must be installed here. Where the source's "
            "answers are not complete, the marks may be right all the same."
        ),
    ),
    FaultKind.OTHER_KERNEL: (
        N_("{notebook} is written in {language}, for the kernel “{kernel}”; only notebooks in Python are marked here."),
        N_("`nbgrader autograde {assignment}` marks it, and runs students' code with your own rights."),
    ),
    FaultKind.ALREADY_GRADING: (
        N_("{user} is at work in this course already: on {machine}, process {pid}, since {since}."),
        N_("Wait until that process has ended, then run this again: what is marked stays marked."),
    ),
    FaultKind.GRADEBOOK_BUSY: (
        N_("Another program writes to the gradebook {file} at the moment: {error}."),
        N_("Wait until it has ended (formgrader, nbgrader), then run this again: what is marked stays marked."),
    ),
    FaultKind.BAD_GRADEBOOK: (
        N_("The gradebook {file} can't be used: {error}."),
        N_("If it is from an older nbgrader, `nbgrader db upgrade` brings it up to date; if not, restore a copy."),
    ),
    FaultKind.LOCKED_GRADEBOOK: (
        N_("The gradebook {file} can't be written: {error}."),
        N_("Give yourself the right to write it, and the folder it lies in; then run this again."),
    ),
    FaultKind.NO_DATABASE: (
        N_("The gradebook {file} can't be reached: {error}."),
        N_("See that the server runs and lets you in (`psql` with this address), then run this again."),
    ),
    FaultKind.BAD_DB_URL: (
        N_("c.CourseDirectory.db_url, in nbgrader_config.py, leads to no gradebook: {error} ({found})"),
        N_("Write `postgresql+psycopg://USER@HOST/DATABASE`, and install the driver: `pip install 'psycopg[binary]'`."),
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
    FaultKind.ALL_RENAMED: (
        N_("none of {wanted}, but {found}."),
        N_("If these are the answers, give them those names."),
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
        N_("Ask for {wanted}, to be put there."),
    ),
    FaultKind.UNREADABLE: (
        N_("{file} can't be opened: {error}."),
        N_("Give yourself the right to read it."),
    ),
    FaultKind.NOT_JSON: (
        N_("{notebook} is not a notebook: its text is not JSON. Perhaps it was cut short or edited by hand."),
        N_("Ask for the file again, as Jupyter saved it."),
    ),
    FaultKind.OTHER_ENCODING: (
        N_("{notebook} is not in UTF-8, as each notebook is: another program has saved it in another encoding."),
        N_("Ask for the file again, as Jupyter saved it; or save it as UTF-8 in a text editor."),
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
    FaultKind.TOO_MANY_FILES: (
        N_("{folder} holds more than {most} files and folders."),
        N_("Take out what is not the student's own work (an environment, data), and run this again."),
    ),
    FaultKind.LONG_PATH: (
        N_("a path in {folder} has more than {most} bytes: {file}"),
        N_("Take that file out or give its folders shorter names, and run this again."),
    ),
    FaultKind.NOT_A_FILE: (
        N_("{file} is no file: it is a pipe, a socket or a device."),
        N_("Put a file in its place, or take it out."),
    ),
    FaultKind.NAME_IS_NO_TEXT: (
        N_("the name of {folder} is no text: it is in an encoding other than UTF-8."),
        N_("Rename the folder; most likely it was called “{suggested}”."),
    ),
    FaultKind.BAD_TIMESTAMP: (
        N_("{file} holds no time: “{found}”."),
        N_("Write there when it was handed in, such as “2026-11-28 17:30:00 UTC”, or delete the file."),
    ),
    FaultKind.BAD_TIME_ZONE: (
        N_("“{zone}”, in nbgrader_config.py, is no time zone."),
        N_("Set c.Term.time_zone to the IANA name, such as Europe/Moscow; similar names: {known}."),
    ),
    FaultKind.BAD_MOMENT: (
        N_("“{found}” can't be read as a date."),
        N_(
            "Write it as 2026-11-05, 2026-11-05 18:00 or 05.11.2026 18:00; "
            "the time of another zone with its offset, as +03:00."
        ),
    ),
    FaultKind.TIME_TWICE: (
        N_("The clocks in {zone} show “{found}” twice, as they are put back."),
        N_("Say which of the two is meant: “{first}” or “{second}”."),
    ),
    FaultKind.TIME_SKIPPED: (
        N_("The clocks in {zone} never show “{found}”: they are put forward past it."),
        N_("Choose a time before or after the change."),
    ),
    FaultKind.NOT_ENROLLED: (
        N_("There is no student “{student}” in the gradebook, nor in the folder of submissions."),
        N_("Choose one that is there: {known}. Or add the student: `nbgrader db student add {student}`."),
    ),
    FaultKind.NO_DUE_DATE: (
        N_("{assignment} has no due date to extend."),
        N_("Set one first: `autograder due {assignment} WHEN`."),
    ),
    FaultKind.EARLY_EXTENSION: (
        N_("The extension would end before {assignment} is due."),
        N_("Name a later moment; `autograder due {assignment}` shows the due date."),
    ),
    FaultKind.TOO_MANY_VALUES: (
        N_("{notebook} is made of more than {most} parts."),
        N_("Ask for it without its outputs: in Jupyter, Edit → Clear Outputs of All Cells."),
    ),
    FaultKind.TOO_DEEP: (
        N_("{notebook} holds lists in lists more than {most} deep, which Jupyter does not write."),
        N_("Ask for the file again, as Jupyter saved it."),
    ),
    FaultKind.TOO_MANY_CELLS: (
        N_("{notebook} has more than {most} cells."),
        N_("Ask for the notebook that was handed out, with the answers in it."),
    ),
    FaultKind.BAD_RELEASED: (
        N_("{file}, the note of what was released, can't be read: {error}."),
        N_("Restore a copy of it; or delete it and run `autograder release`: then older versions count as changed."),
    ),
    FaultKind.NOT_WRITTEN: (
        N_("{file} can't be written: {error}."),
        N_("Make room, or give yourself the right to write there, and run this again."),
    ),
    FaultKind.GRADEBOOK: (
        N_("the gradebook did not take the marks: {error}"),
        N_("Close what else uses gradebook.db, and run this again."),
    ),
    FaultKind.CANNOT_START: (
        N_("students' code can't be run in the sandbox on this machine: {error}"),
        N_("`autograder doctor` names what is missing. With --unsafe, code that you trust runs with your own rights."),
    ),
    FaultKind.NO_TORCH: (
        N_("{notebook} has tests that are judged outside, and that needs {module}, which is not installed here."),
        INSTALL_EXTRA,
    ),
    FaultKind.NO_DISTRIBUTED: (
        N_("Marking on a cluster needs dask.distributed, which is not installed: {error}."),
        N_("Install it: `pip install distributed`, here and on each machine."),
    ),
    FaultKind.BAD_LOCAL: (
        N_("{address} is no cluster: behind `local:` stands how many workers to start."),
        N_("Write, for instance, --cluster local:4."),
    ),
    FaultKind.NO_CLUSTER: (
        N_("The cluster at {address} can't be used: {error}."),
        N_("See that its scheduler runs there, with what is installed here. What is marked stays marked."),
    ),
    FaultKind.NO_WORKERS: (
        N_("None of the workers at {address} takes part."),
        N_("Mend what is said of each of them, and run this again."),
    ),
    FaultKind.NO_WORKER_LEFT: (
        N_("not marked: for {seconds} seconds no worker at {address} marked anything."),
        N_("See that workers run there, or mark on this machine, and go on from here. What is marked stays marked."),
    ),
    FaultKind.SEVERAL_THREADS: (
        N_("this worker has {threads} threads, and takes no part: a process marks one submission at a time."),
        N_("Start it with `--nthreads 1`, and as many workers as the machine has cores: `--nworkers -1`."),
    ),
    FaultKind.OTHER_VERSION: (
        N_("this worker takes no part, its versions are others (here → there): {differs}."),
        N_("Install there what is installed here, and start it again."),
    ),
    FaultKind.CELL_ON_WORKER: (
        N_("this worker takes no part: the course's own cell {cell} in {notebook} can't be run there: {error}."),
        N_("Install there what the tests use, and start it again."),
    ),
    FaultKind.NOT_READY: (
        N_("this worker was not ready before the end."),
        N_("If it is so again, look into its log: what is installed here may be missing there."),
    ),
    FaultKind.COULD_NOT_TELL: (
        N_("no mark for {checks}: the grader could not tell."),
        N_("Look at the notebook and give the points: `jupyter lab`, menu Nbgrader → Formgrader."),
    ),
    FaultKind.ENGINE: (
        N_("the grader gave up: {error}"),
        N_("This is a fault of the grader. Mark the notebook by hand, and report it."),
    ),
    FaultKind.NOT_AN_ARCHIVE: (
        N_("{file} is no zip archive, no folder and no notebook."),
        N_("Give what the LMS packed, as it was downloaded; unpack another kind of archive and give its folder."),
    ),
    FaultKind.ARCHIVE_TOO_LARGE: (
        N_("{file} holds too many files, or is larger than 4 GB."),
        N_("Unpack it, and give the folder; or download it in parts, by group."),
    ),
    FaultKind.BAD_TABLE: (
        N_("{file} can't be read as a table: {error}."),
        N_("Save it as CSV, in UTF-8."),
    ),
    FaultKind.OPEN_QUOTE: (
        N_("In {file}, what begins with “{found}” goes on over several lines."),
        N_("Is a quotation mark not closed there? Mend it, and run this again."),
    ),
    FaultKind.NO_COLUMNS: (
        N_("{file} has no column that tells who is who: none of {wanted}."),
        N_("Download it again with that column, or write the heading above the column."),
    ),
    FaultKind.BAD_WORKSHEET: (
        N_("{file} holds a time that can't be read: “{found}”."),
        N_("Switch Moodle to Russian or English, and download the grading worksheet again."),
    ),
    FaultKind.OTHER_WORKSHEET: (
        N_("{file} has none of the participants who handed in: it is another assignment's."),
        N_("Download the grading worksheet of this assignment."),
    ),
    FaultKind.NO_GRADE_COLUMN: (
        N_("{file} has no column for the grade: none of {wanted}."),
        N_("Switch Moodle to Russian or English, and download the grading worksheet again."),
    ),
    FaultKind.SCALE: (
        N_("{file} is of an assignment that is graded in words, by a scale."),
        N_("In Moodle, set the assignment's grade to points, and download the grading worksheet again."),
    ),
    FaultKind.NO_ASSIGNMENT_COLUMN: (
        N_("{file} has no column, or more than one, for “{column}” that can be written."),
        N_("Name the column by its title or number: --column NAME. There are: {known}."),
    ),
}

NEEDS_EXTRA = (N_("This needs {module}, which is not installed here."), INSTALL_EXTRA)


class Problem(Exception):
    """Why a command can't do what it was asked, and the remedy: two templates, and the values in them."""

    def __init__(self, problem: str, remedy: str, **values: Any) -> None:
        super().__init__(problem)
        self.problem, self.remedy, self.values = problem, remedy, values


def say_fault(terminal: Terminal, fault: FaultKind, details: Mapping[str, str], who: str = "") -> None:
    """Name what is wrong, with whose submission, and the remedy."""
    say_problem(terminal, *FAULTS[fault], details, who)


def say_problem(terminal: Terminal, problem: str, remedy: str, values: Mapping[str, Any], who: str = "") -> None:
    """A problem in red and what to do about it, from their templates; an error keeps no full stop of its own."""
    values = {name: value.removesuffix(".") if name == "error" else value for name, value in values.items()}
    text = terminal.text(message(problem, **values))
    terminal.item("✗", f"{who}: {text}" if who else text, "red")
    terminal.item("  →", terminal.text(message(remedy, **values)))
