"""A course on disk, in nbgrader's layout: where its folders are, which cells carry points."""

import logging
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.apps import NbGrader
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import find_all_files
from traitlets.config import Config

from autograder.cells.files import NotANotebook, read_source
from autograder.cells.metadata import (
    flags,
    is_grade,
    is_solution,
    is_task,
    name_of,
)
from autograder.cells.names import names_of
from autograder.faults import CourseFault, course_fault
from autograder.grading.judges import Judge, judges
from autograder.grading.results import GradedCell
from autograder.kinds import FaultKind
from autograder.later import missing_of_extra

MOST_NAMES = 8  # in a message
PYTHON = "python"
CONFIGURATION = "nbgrader_config.py"


@dataclass(frozen=True)
class Course:
    """A course's folder and nbgrader's configuration of it."""

    root: Path
    config: Config

    def directory(self, **names: str) -> CourseDirectory:
        """nbgrader's view of the course, for one `assignment_id` or `student_id` if given."""
        return CourseDirectory(config=self.config, root=str(self.root), **names)

    @property
    def source(self) -> Path:
        """The folder of the assignments as the course has written them."""
        return self.folder("source_directory", ".")

    @property
    def submitted(self) -> Path:
        """The folder with a folder for each student."""
        return self.folder("submitted_directory")

    def folder(self, step: str, student: str = "", assignment: str = "") -> Path:
        """nbgrader's folder of a step, of a student, for an assignment."""
        directory = self.directory()
        return Path(directory.format_path(getattr(directory, step), student, assignment))

    def assignment(self, name: str) -> "Assignment":
        """The assignment of this name; CourseFault where `source/` holds none."""
        known = assignments(self)
        if name not in known:
            raise CourseFault(FaultKind.UNKNOWN_ASSIGNMENT, assignment=name, known=nearest_names(name, known))
        return Assignment(self, name)

    def shown(self, path: Path) -> str:
        """A path as a person in the course's folder would write it."""
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)

    @property
    def db_url(self) -> str:
        """Where the gradebook is."""
        return self.directory().db_url


@dataclass(frozen=True)
class Assignment:
    """An assignment of a course: its folders, in nbgrader's layout."""

    course: Course
    name: str

    @property
    def source(self) -> Path:
        return self.course.folder("source_directory", ".", self.name)

    def notebooks(self) -> list[Path]:
        """The files of its notebooks in the source."""
        return sorted(self.source.glob("*.ipynb"))

    def sources(self) -> dict[str, NotebookNode]:
        """Its notebooks as the course has written them, by name; CourseFault for one that can't be read."""
        return {path.stem: self._source(path) for path in self.notebooks()}

    def _source(self, path: Path) -> NotebookNode:
        file = self.course.shown(path)
        try:
            with course_fault(FaultKind.UNREADABLE, file):
                return read_source(path)
        except NotANotebook as error:
            raise CourseFault(FaultKind.SOURCE_NOTEBOOK, file=file, error=str(error)) from error

    @property
    def released(self) -> Path:
        """Where nbgrader puts what is handed out."""
        return self.course.folder("release_directory", ".", self.name)

    def submitted(self, student: str) -> Path:
        return self.course.folder("submitted_directory", student, self.name)

    def autograded(self, student: str) -> Path:
        return self.course.folder("autograded_directory", student, self.name)

    def feedback(self, student: str) -> Path:
        return self.course.folder("feedback_directory", student, self.name)


def open_course(root: Path) -> Course:
    """The course in this folder, or a `CourseFault` that says what is missing."""
    root = root.resolve()
    if not (root / CONFIGURATION).is_file():
        raise CourseFault(FaultKind.NOT_A_COURSE, folder=str(root), missing=CONFIGURATION)
    course = Course(root, _configuration(root))
    if not course.source.is_dir():
        raise CourseFault(FaultKind.NOT_A_COURSE, folder=str(root), missing="source")
    return course


def _configuration(root: Path) -> Config:
    """The settings of the course and of its user, as every nbgrader command reads them."""
    with course_fault(FaultKind.UNREADABLE, CONFIGURATION):
        (root / CONFIGURATION).read_bytes()
    app = NbGrader()
    app.load_cwd_config = False  # the course may not be the working directory
    app.raise_config_file_errors = True
    app.log.handlers[:] = [logging.NullHandler()]  # it would remark on a user without settings of their own
    try:
        app.initialize([], root=str(root))
    except Exception as error:  # the settings are Python, and may raise anything
        raise CourseFault(FaultKind.BAD_CONFIGURATION, error=f"{type(error).__name__}: {error}") from error
    return app.config


def assignments(course: Course) -> tuple[str, ...]:
    """The assignments that `source/` holds."""
    return tuple(sorted({path.parent.name for path in course.source.glob("*/*.ipynb")}))


def nearest_names(name: str, known: Collection[str]) -> str:
    """All names, or of many those most like this one: a class is too long to list."""
    if len(known) <= MOST_NAMES:
        return ", ".join(sorted(known)) or "–"
    return ", ".join([*get_close_matches(name, sorted(known), n=MOST_NAMES, cutoff=0), "…"])


def graded_cells(assignment: Assignment) -> tuple[GradedCell, ...]:
    """The cells of the assignment that carry points, in the order of the source."""
    sources = assignment.sources()
    found = {name: judges(source) for name, source in sources.items()}
    with_points = {name: [each for each in sources[name].cells if is_grade(each) or is_task(each)] for name in sources}
    names = Counter(name_of(cell) for cells in with_points.values() for cell in cells)
    return tuple(
        GradedCell(
            notebook=name,
            name=name_of(cell),
            max_points=float(flags(cell)["points"]),
            by_hand=is_solution(cell) or is_task(cell) or cell.cell_type != "code",
            judge=found[name].get(name_of(cell), Judge.OUTSIDE),
            has_namesake=names[name_of(cell)] > 1,
        )
        for name, cells in with_points.items()
        for cell in cells
    )


def names_of_answers(assignment: Assignment) -> dict[str, frozenset[str]]:
    """The names that the reference answers give to something, by notebook."""
    return {
        name: frozenset().union(*map(_names_given, filter(is_solution, source.cells)))
        for name, source in assignment.sources().items()
    }


def _names_given(answer: NotebookNode) -> frozenset[str]:
    return names_of(answer.source)[0] if answer.cell_type == "code" else frozenset()


def data_files(assignment: Assignment) -> dict[str, bytes]:
    """The files that the course has beside the notebooks, by path; nbgrader's setting leaves some to the students."""
    course, folder = assignment.course, assignment.source
    left = Autograde(coursedir=course.directory(), config=course.config).exclude_overwriting.get(assignment.name, ())
    paths = map(Path, find_all_files(str(folder), [*course.directory().ignore, "*.ipynb"]))
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {name: content for name, content in files.items() if name not in left}


def require_markable(assignment: Assignment) -> None:
    """CourseFault where a notebook says that it is in another language, or some test needs what is not installed."""
    missing = missing_of_extra()
    for name, source in assignment.sources().items():
        file = f"{name}.ipynb"
        kernel, info = source.metadata.get("kernelspec", {}), source.metadata.get("language_info", {})
        language = kernel.get("language") or info.get("name") or PYTHON
        if PYTHON not in language.lower():
            told = {"kernel": kernel.get("name", "–"), "language": language, "notebook": file}
            raise CourseFault(FaultKind.OTHER_KERNEL, assignment=assignment.name, **told)
        if missing and Judge.OUTSIDE in judges(source).values():
            raise CourseFault(FaultKind.NO_TORCH, notebook=file, module=missing)
