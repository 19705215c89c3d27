"""What public courses earn: every score of `nbgrader autograde` against `autograder grade`'s, on the same submissions.

python benchmarks/courses_marks.py FOLDER                  writes benchmarks/courses_marks.md; FOLDER holds the courses
python benchmarks/courses_marks.py FOLDER --course NAME    prints what it finds of one

With --found DIR, what is found of a course is kept there, and not looked for again.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import nbformat
from marking import ENVIRONMENT, command
from mutants import mutants
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from pages import write_page
from public_courses import COURSES, PublicCourse, lay

from autograder.cells.files import read_source
from autograder.cells.metadata import is_solution, is_test, name_of

REPORT = Path(__file__).with_suffix(".md")
FEW_FAULTS, MANY_FAULTS = 0.2, 0.6  # of the answers
Place = tuple[str, str, str, str]  # assignment, student, notebook, cell
Score = tuple[float | None, bool]  # by tests, and whether a person is waited for


@dataclass(frozen=True)
class Difference:
    """A score that is not nbgrader's."""

    place: Place
    theirs: Score | None
    ours: Score | None


@dataclass(frozen=True)
class Compared:
    """The scores of a course's tests: how many, how many of them full and none, and which differ."""

    submissions: int
    scores: int
    full: int
    none: int
    of_reference: tuple[float, float]  # earned, of all points
    differences: tuple[Difference, ...]

    @classmethod
    def read(cls, path: Path) -> "Compared":
        """What was found earlier."""
        found = json.loads(path.read_text("utf-8"))
        differences = tuple(
            Difference(tuple(each["place"]), _score(each["theirs"]), _score(each["ours"]))
            for each in found.pop("differences")
        )
        return cls(**found, differences=differences)

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)), "utf-8")


def _score(found: list[float | bool | None] | None) -> Score | None:
    return None if found is None else tuple(found)


def release(root: Path, course: PublicCourse) -> None:
    """nbgrader's own steps to what students get."""
    command("nbgrader", "update", ".", folder=root)  # some notebooks are older than its present metadata
    for assignment in course.assignments:
        command("nbgrader", "generate_assignment", assignment, folder=root)


def hand_in(root: Path, course: PublicCourse, students: int, may_hang: bool = True) -> None:
    """A class of the reference, the stub, and answers with faults: in one half of them few, in the other many.

    Where none may hang, an answer with a `while` has no fault.
    """
    names = ["reference", "stub", *(f"faulty{number:02}" for number in range(students - 2))]
    for assignment in course.assignments:
        paths = sorted((root / "source" / assignment).glob("*.ipynb"))
        right = {
            path: {name_of(cell): cell.source for cell in read_source(path).cells if _is_answer(cell)} for path in paths
        }
        wrong = {
            path: {name: [] if "while" in one and not may_hang else mutants(one) for name, one in answers.items()}
            for path, answers in right.items()
        }
        for count, student in enumerate(names):
            place = root / "submitted" / student / assignment
            shutil.copytree(root / "release" / assignment, place)
            draw = random.Random(f"{course.name} {assignment} {student}")
            share = {"reference": 0.0, "stub": None}.get(student, FEW_FAULTS if count % 2 else MANY_FAULTS)
            for path in paths:
                _write(place / path.name, right[path], wrong[path], share, draw)


def _is_answer(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and is_solution(cell)


def _write(
    path: Path, answers: dict[str, str], faulty: dict[str, list[str]], share: float | None, draw: random.Random
) -> None:
    """Fills the notebook with the answers, this share of them faulty; not at all where there is no share."""
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    for cell in notebook.cells:
        if share is not None and (name := name_of(cell)) in answers:
            is_faulty = draw.random() < share and faulty[name]
            cell.source = draw.choice([cell.source, *faulty[name]]) if is_faulty else answers[name]
    nbformat.write(notebook, path)


def scores(root: Path, assignments: Sequence[str]) -> dict[Place, Score]:
    """What the gradebook has of each test."""
    tests = {
        (assignment, path.stem, name_of(cell))
        for assignment in assignments
        for path in (root / "source" / assignment).glob("*.ipynb")
        for cell in read_source(path).cells
        if is_test(cell) and not is_solution(cell)
    }
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        return {
            (assignment, submission.student.id, notebook.name, grade.name): (
                grade.auto_score,
                grade.needs_manual_grade,
            )
            for assignment in assignments
            for submission in gradebook.assignment_submissions(assignment)
            for notebook in submission.notebooks
            for grade in notebook.grades
            if (assignment, notebook.name, grade.name) in tests
        }


def compared(course: PublicCourse, disk: Path, students: int, jobs: int) -> Compared:
    """Both mark the same class, each in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        theirs, ours = Path(folder, "theirs"), Path(folder, "ours")
        theirs.mkdir()
        lay(course, disk, theirs)
        configuration = theirs / "nbgrader_config.py"
        configuration.write_text(f"{configuration.read_text('utf-8')}c.Execute.timeout = {course.seconds}\n", "utf-8")
        release(theirs, course)
        hand_in(theirs, course, students)
        shutil.copytree(theirs, ours)
        for assignment in course.assignments:
            _run("nbgrader", "autograde", assignment, folder=theirs)
            timeout = ("--timeout", str(course.seconds), "--jobs", str(jobs))
            _run("autograder", "grade", assignment, *timeout, folder=ours)
        names = tuple(course.assignments)
        return _compared(scores(theirs, names), scores(ours, names), _most(ours, names))


def _run(module: str, *arguments: str, folder: Path) -> None:
    """The command, which may say that some could not be marked."""
    whole = [sys.executable, "-m", module, *arguments]
    run = subprocess.run(whole, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True)
    if run.returncode:
        print(f"{whole} ended with {run.returncode}:\n{run.stdout}\n{run.stderr}", file=sys.stderr)


def _most(root: Path, assignments: Sequence[str]) -> float:
    return sum(
        cell.metadata.nbgrader.points
        for assignment in assignments
        for path in (root / "source" / assignment).glob("*.ipynb")
        for cell in read_source(path).cells
        if is_test(cell) and not is_solution(cell)
    )


def _compared(theirs: dict[Place, Score], ours: dict[Place, Score], most: float) -> Compared:
    places = sorted(theirs.keys() | ours.keys())
    earned = sum(theirs[place][0] or 0 for place in places if place in theirs and place[1] == "reference")
    highest = Counter()
    for (assignment, _person, notebook, cell), (score, _waits) in theirs.items():
        highest[assignment, notebook, cell] = max(highest[assignment, notebook, cell], score or 0)
    return Compared(
        submissions=len({place[:2] for place in places}),
        scores=len(places),
        full=sum(bool(score) and score == highest[place[0], *place[2:]] for place, (score, _w) in theirs.items()),
        none=sum(score == 0 for score, _waits in theirs.values()),
        of_reference=(earned, most),
        differences=tuple(
            Difference(place, theirs.get(place), ours.get(place))
            for place in places
            if theirs.get(place) != ours.get(place)
        ),
    )


def report(disk: Path, students: int, jobs: int, found_in: Path | None) -> Iterator[str]:
    """The lines of the page, compared as they are asked for, but for what was found earlier."""
    yield "# What other people's courses earn"
    yield ""
    yield "Written by `python benchmarks/courses_marks.py FOLDER`. Public nbgrader courses that nobody here"
    yield f"wrote, each handed in {students} times: the reference answers, the stubs as they were handed out, and"
    yield "answers with faults: a changed constant, a swapped operator, an off-by-one, a deleted or renamed line,"
    yield "an exception, a warning and the like ([mutants.py](mutants.py)). `nbgrader autograde` and `autograder"
    yield f"grade` mark the same class, with {COURSES[0].seconds} s for a cell or more. Compared is the score of every"
    yield "test, and whether it waits for a person; full and none are nbgrader's."
    yield ""
    yield "| course | field | submissions | scores | full | in part or without | none | the reference | differ |"
    yield "|---|---|---|---|---|---|---|---|---|"
    all_of_them = {}
    for course in COURSES:
        all_of_them[course] = found = _found(course, disk, students, jobs, found_in)
        earned, most = found.of_reference
        partial = found.scores - found.full - found.none
        yield (
            f"| {course.name} | {course.field} | {found.submissions} | {found.scores} | {found.full} | {partial} | "
            f"{found.none} | {earned:g} of {most:g} | {len(found.differences)} |"
        )
    total = sum(found.scores for found in all_of_them.values())
    differ = sum(len(found.differences) for found in all_of_them.values())
    yield f"| all | | | {total} | | | | | {differ} |"
    yield ""
    yield "The reference does not earn everything where a course is older than the packages here: pandas has"
    yield "changed since. Both give it the same."
    if differ:
        yield ""
        yield "## Each difference"
        yield ""
        yield "| course | submission | test | nbgrader | here |"
        yield "|---|---|---|---|---|"
    for course, found in all_of_them.items():
        for each in found.differences:
            assignment, student, _notebook, cell = each.place
            both = f"{_shown(each.theirs)} | {_shown(each.ours)}"
            yield f"| {course.name} | {assignment}, {student} | {cell} | {both} |"
    yield ""
    yield "## The courses"
    yield ""
    for course in COURSES:
        yield f"- {course.name}: <{course.address}>, commit {course.commit[:12]}: {', '.join(course.assignments)}."
    yield ""
    yield "Nothing of them is in this repository. The notebooks are the courses' own sources, with their answers;"
    yield "`nbgrader update` has brought their metadata up to date, and they run in the kernel of this"
    yield "environment. COMP6258 is public as students get it, without answers: those are ours. In"
    yield "bigdata-tutorials the name of a module that scikit-learn has moved is today's."


def _found(course: PublicCourse, disk: Path, students: int, jobs: int, found_in: Path | None) -> Compared:
    kept = found_in / f"{course.name}.json" if found_in else None
    if kept and kept.exists():
        return Compared.read(kept)
    found = compared(course, disk, students, jobs)
    if kept:
        found.write(kept)
    return found


def _shown(score: Score | None) -> str:
    match score:
        case None:
            return "nothing"
        case (None, _):
            return "a person looks"
        case (points, waits):
            return f"{points:g}{', a person looks' if waits else ''}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--students", type=int, default=8)
    arguments.add_argument("--jobs", type=int, default=1)
    arguments.add_argument("--found", type=Path)
    arguments.add_argument("--course")
    options = arguments.parse_args()
    if options.course is None:
        write_page(REPORT, report(options.folder, options.students, options.jobs, options.found))
        return
    course = next(each for each in COURSES if each.name == options.course)
    found = _found(course, options.folder, options.students, options.jobs, options.found)
    print(replace(found, differences=()), *found.differences, sep="\n")


if __name__ == "__main__":
    main()
