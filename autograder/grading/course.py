"""A course on disk, in nbgrader's layout: where its folders are, which cells carry points."""

import logging
import re
from collections.abc import Collection
from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.apps import NbGrader
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearHiddenTests, InstantiateTests, SaveCells
from nbgrader.utils import find_all_files
from traitlets.config import Config

from autograder.cells.files import read_source
from autograder.cells.metadata import (
    LAB_RULES,
    flags,
    is_grade,
    is_solution,
    is_test,
    languages_of,
    name_of,
    with_all_named,
)
from autograder.cells.names import bound_and_read
from autograder.checks.lab import files_of_rules
from autograder.grading.judges import Judge, judges, set_judges
from autograder.grading.released import METADATA as RELEASED
from autograder.grading.released import released_versions
from autograder.grading.results import CourseFault, GradedCell
from autograder.kinds import FaultKind
from autograder.languages import LANGUAGES, others

MOST_NAMES = 8  # in a message
PYTHON = "python"
AUTOTEST = InstantiateTests.autotest_delimiter.default_value
CYRILLIC, LATIN = re.compile("[\u0400-\u04ff]"), re.compile("[A-Za-z]")


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

    def submitted(self, student: str) -> Path:
        return self.course.folder("submitted_directory", student, self.name)

    def autograded(self, student: str) -> Path:
        return self.course.folder("autograded_directory", student, self.name)

    def feedback(self, student: str) -> Path:
        return self.course.folder("feedback_directory", student, self.name)


def open_course(root: Path) -> Course:
    """The course in this folder, or a `CourseFault` that says what is missing."""
    root = root.resolve()
    if not (root / "nbgrader_config.py").is_file():
        raise CourseFault(FaultKind.NOT_A_COURSE, folder=str(root), missing="nbgrader_config.py")
    course = Course(root, _configuration(root))
    if not course.source.is_dir():
        raise CourseFault(FaultKind.NOT_A_COURSE, folder=str(root), missing="source")
    return course


def _configuration(root: Path) -> Config:
    """The settings of the course and of its user, as every nbgrader command reads them."""
    app = NbGrader()
    app.load_cwd_config = False  # the course may not be the working directory
    app.raise_config_file_errors = True
    app.log.handlers[:] = [logging.NullHandler()]  # it would remark on a user without settings of their own
    try:
        app.initialize([], root=str(root))
    except Exception as error:
        raise CourseFault(FaultKind.BAD_CONFIGURATION, error=f"{type(error).__name__}: {error}") from error
    return app.config


def assignments(course: Course) -> tuple[str, ...]:
    """The assignments that `source/` holds."""
    return tuple(sorted(path.parent.name for path in course.source.glob("*/*.ipynb")))


def nearest_names(name: str, known: Collection[str]) -> str:
    """All names, or of many those most like this one: a class is too long to list."""
    if len(known) <= MOST_NAMES:
        return ", ".join(sorted(known)) or "–"
    return ", ".join([*get_close_matches(name, sorted(known), n=MOST_NAMES, cutoff=0), "…"])


def graded_cells(assignment: Assignment) -> tuple[GradedCell, ...]:
    """The cells of the assignment that carry points, in the order of the source."""
    sources = {path.stem: read_source(path) for path in assignment.notebooks()}
    found = {name: judges(source) for name, source in sources.items()}
    return tuple(
        GradedCell(
            notebook=name,
            name=name_of(cell),
            max_points=float(flags(cell)["points"]),
            by_hand=is_solution(cell) or cell.cell_type != "code",
            judge=found[name].get(name_of(cell), Judge.OUTSIDE),
        )
        for name, source in sources.items()
        for cell in source.cells
        if is_grade(cell)
    )


def names_of_answers(assignment: Assignment) -> dict[str, frozenset[str]]:
    """The names that the reference answers give to something, by notebook."""
    return {
        path.stem: frozenset().union(*map(_names_given, filter(is_solution, read_source(path).cells)))
        for path in assignment.notebooks()
    }


def _names_given(answer: NotebookNode) -> frozenset[str]:
    try:
        return bound_and_read(answer.source, name_of(answer))[0] if answer.cell_type == "code" else frozenset()
    except (SyntaxError, ValueError):
        return frozenset()  # students are marked without the reference


def course_notebooks(assignment: Assignment) -> dict[str, dict[str, NotebookNode]]:
    """By name and language, the notebooks of an assignment as they are handed out, but with their hidden tests."""
    sources = {path.stem: read_source(path) for path in assignment.notebooks()}
    return {
        name: {language: _handed_out(assignment, name, source, language) for language in _languages(source)}
        for name, source in sources.items()
    }


def data_files(assignment: Assignment) -> dict[str, bytes]:
    """The files that the course has beside the notebooks, by path; nbgrader's setting leaves some to the students."""
    course, folder = assignment.course, assignment.source
    left = Autograde(coursedir=course.directory(), config=course.config).exclude_overwriting.get(assignment.name, ())
    paths = map(Path, find_all_files(str(folder), [*course.directory().ignore, "*.ipynb"]))
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {name: content for name, content in files.items() if name not in left}


def require_markable(assignment: Assignment) -> None:
    """CourseFault where a notebook says that it is in another language, or has tests that nbgrader is to write."""
    for path in assignment.notebooks():
        source, details = read_source(path), {"notebook": path.name, "assignment": assignment.name}
        kernel, info = source.metadata.get("kernelspec", {}), source.metadata.get("language_info", {})
        language = kernel.get("language") or info.get("name") or PYTHON
        if PYTHON not in language.lower():
            raise CourseFault(FaultKind.OTHER_KERNEL, kernel=kernel.get("name", "–"), language=language, **details)
        for cell in source.cells:
            if is_test(cell) and AUTOTEST in cell.source:
                raise CourseFault(FaultKind.AUTOTEST, cell=name_of(cell), **details)


def _languages(source: NotebookNode) -> tuple[str, ...]:
    """The languages that a source has cells of; a source of one language has the one whose letters it is written in."""
    tagged = set().union(*map(languages_of, source.cells))
    return tuple(language for language in LANGUAGES if language in tagged) or (_language_of_texts(source),)


def _language_of_texts(source: NotebookNode) -> str:
    texts = "".join(cell.source for cell in source.cells if cell.cell_type == "markdown")
    return "ru" if len(CYRILLIC.findall(texts)) > len(LATIN.findall(texts)) else "en"


def _handed_out(assignment: Assignment, name: str, source: NotebookNode, language: str) -> NotebookNode:
    course = assignment.course
    config = Config(course.config)
    config.TagRemovePreprocessor.remove_cell_tags = others(language)
    directory = course.directory(assignment_id=assignment.name)
    notebook = deepcopy(source)
    names = {"notebook": name, "assignment": assignment.name, "student": ".", "db_url": course.db_url}
    for preprocessor in GenerateAssignment(coursedir=directory, config=config).preprocessors:
        if preprocessor not in (SaveCells, ClearHiddenTests):
            notebook, _resources = preprocessor(config=config)(notebook, {"nbgrader": names})
    set_judges(notebook, judges(source))
    notebook.metadata[RELEASED] = released_versions(course.root, assignment.name, name)
    notebook.metadata[LAB_RULES] = files_of_rules(assignment.source)
    return with_all_named(notebook)
