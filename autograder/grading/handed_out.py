"""An assignment's notebooks as students get them, but with their hidden tests: what a submission is marked by."""

import re
from collections.abc import Mapping
from contextlib import suppress
from copy import deepcopy

from nbformat import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearHiddenTests, InstantiateTests, SaveCells
from traitlets.config import Config

from autograder.cells.metadata import LAB_RULES, is_test, languages_of, name_of, with_all_named
from autograder.checks.lab import files_of_rules
from autograder.grading.course import Assignment
from autograder.grading.gradebook import open_gradebook
from autograder.grading.judges import Judge, judges, set_judges
from autograder.grading.released import METADATA as RELEASED
from autograder.grading.released import released_versions
from autograder.languages import CYRILLIC, LANGUAGES, others

LATIN = re.compile("[A-Za-z]")


def course_notebooks(assignment: Assignment) -> dict[str, dict[str, NotebookNode]]:
    """By name and language, the notebooks of an assignment as they are handed out, but with their hidden tests."""
    sources = assignment.sources()
    found = {name: judges(source) for name, source in sources.items()}
    _write_tests(assignment, sources)
    return {
        name: {each: _handed_out(assignment, name, source, each, found[name]) for each in _languages(source)}
        for name, source in sources.items()
    }


def _write_tests(assignment: Assignment, sources: Mapping[str, NotebookNode]) -> None:
    """Put in the tests that nbgrader writes by the course's own answers (AUTOTEST), as the gradebook has them.

    It writes them when it generates the assignment, and `grade` brings the gradebook up to that first.
    """
    delimiter = InstantiateTests(config=assignment.course.config).autotest_delimiter
    to_write = [(name, cell) for name, source in sources.items() for cell in source.cells
                if is_test(cell) and delimiter in cell.source]  # fmt: skip
    if to_write:
        with open_gradebook(assignment.course) as gradebook:
            for name, cell in to_write:
                with suppress(MissingEntry):
                    cell.source = gradebook.find_source_cell(name_of(cell), name, assignment.name).source


def _languages(source: NotebookNode) -> tuple[str, ...]:
    """The languages that a source has cells of; a source of one language has the one whose letters it is written in."""
    tagged = set().union(*map(languages_of, source.cells))
    return tuple(language for language in LANGUAGES if language in tagged) or (_language_of_texts(source),)


def _language_of_texts(source: NotebookNode) -> str:
    texts = "".join(cell.source for cell in source.cells if cell.cell_type == "markdown")
    return "ru" if len(CYRILLIC.findall(texts)) > len(LATIN.findall(texts)) else "en"


def _handed_out(
    assignment: Assignment, name: str, source: NotebookNode, language: str, judged_by: dict[str, Judge]
) -> NotebookNode:
    course = assignment.course
    config = Config(course.config)
    config.TagRemovePreprocessor.remove_cell_tags = others(language)
    directory = course.directory(assignment_id=assignment.name)
    notebook = deepcopy(source)
    names = {"notebook": name, "assignment": assignment.name, "student": ".", "db_url": course.db_url}
    for preprocessor in GenerateAssignment(coursedir=directory, config=config).preprocessors:
        if preprocessor not in (InstantiateTests, SaveCells, ClearHiddenTests):
            notebook, _resources = preprocessor(config=config)(notebook, {"nbgrader": names})
    set_judges(notebook, judged_by)
    notebook.metadata[RELEASED] = released_versions(course.root, assignment.released, name)
    notebook.metadata[LAB_RULES] = files_of_rules(assignment.source)
    return with_all_named(notebook)
