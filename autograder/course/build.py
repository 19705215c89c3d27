"""From `source/` to what a student gets, by nbgrader's own converter."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path

from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import capture_log
from traitlets.config import Config, PyFileConfigLoader

from autograder.checks.messages import _, one_line
from autograder.course.faults import Fault, ReleaseError
from autograder.languages import others

CONFIGURATION = "nbgrader_config.py"
# What drops the cells of the other languages, as the configuration has it; which they are is set for each build.
DROPS_LANGUAGES = (
    "from nbconvert.preprocessors import TagRemovePreprocessor",
    "from nbgrader.converters import GenerateAssignment",
    "c.GenerateAssignment.preprocessors = [TagRemovePreprocessor, *GenerateAssignment.preprocessors.default()]",
    "c.TagRemovePreprocessor.enabled = True",
)


RefusedCell = Callable[[Path, str], Fault | None]  # of a course's assignment, what nbgrader stops at


def no_cell(_course_root: Path, _assignment: str) -> None:
    """Where nothing is known of cells."""


def build(
    course_root: Path,
    assignments: Sequence[str],
    languages: Sequence[str],
    destination: Path,
    refused_cell: RefusedCell = no_cell,
) -> None:
    """Writes `destination/LANGUAGE/ASSIGNMENT` for each language and assignment; the gradebook is not touched.

    ReleaseError where nbgrader refuses one: it names the `refused_cell`, or else quotes what nbgrader says.
    """
    for language in languages:
        for assignment in assignments:
            _generate(course_root, assignment, language, destination, refused_cell)


def _generate(course_root: Path, assignment: str, language: str, destination: Path, refused_cell: RefusedCell) -> None:
    config = _configuration(course_root)
    config.merge(
        Config(
            CourseDirectory={
                "root": str(course_root.resolve()),
                "release_directory": str((destination / language).resolve()),
                "assignment_id": assignment,
            },
            TagRemovePreprocessor={"remove_cell_tags": others(language)},
            GenerateAssignment={"no_database": True, "force": True},
            SaveCells={"enabled": False},
        )
    )
    result = capture_log(GenerateAssignment(coursedir=CourseDirectory(config=config), config=config))
    if not result["success"]:
        raise ReleaseError([
            refused_cell(course_root, assignment)
            or Fault(f"source/{assignment}", "", _("nbgrader can't make the student's version"),
                     _("nbgrader says: {log}", log=result.get("log", result["error"])))
        ])  # fmt: skip


def _configuration(course_root: Path) -> Config:
    (course_root / CONFIGURATION).read_bytes()  # an OSError of its own is not one of what stands in it
    try:
        return PyFileConfigLoader(CONFIGURATION, path=str(course_root)).load_config()
    except Exception as error:  # it is Python, and may raise anything
        told = _("it can't be read ({error})", error=one_line(f"{type(error).__name__}: {error}"))
        raise ReleaseError([Fault(CONFIGURATION, "", told, _("Mend that line"))]) from error


def course_name(course_root: Path) -> str:
    """What the course calls itself, or its folder's name where the configuration gives none."""
    return _configuration(course_root).CourseDirectory.get("course_id") or course_root.resolve().name


def in_language(source: NotebookNode, language: str) -> NotebookNode:
    """The source notebook, answers and hidden tests included, without the cells of the other languages."""
    remove = TagRemovePreprocessor(enabled=True, remove_cell_tags=others(language))
    return remove(deepcopy(source), {})[0]
