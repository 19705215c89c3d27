"""What a mark rests on, part by part, so that a mark that moves can be told from what it did."""

import ast
import json
import sys
from collections.abc import Mapping
from importlib import metadata
from itertools import chain
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.preprocessors import InstantiateTests
from nbgrader.utils import find_all_files

from autograder.cells.files import read_notebook
from autograder.cells.metadata import grade_id
from autograder.digests import PACKAGE, digest
from autograder.grading.course import Assignment, Course
from autograder.grading.results import Cause
from autograder.kinds import CauseKind

DECIDES_MARKS = ("coding", "network", "checks", "cells", "process", "grading", "tasks")
PACKAGES_THAT_DECIDE = ("torch", "numpy", "ipython", "nbgrader")
AFTER_MARKS = ("Term", "AssignLatePenalties", "LateSubmissionPlugin", "PenaltyByDay")  # sections of nbgrader_config.py
NOTEBOOK = ".ipynb"

Parts = dict[str, str]  # by kind and name


def course_fingerprint(assignment: Assignment) -> Parts:
    """Changes when anything that decides a mark changes: assignment, configuration, grader, what these rest on."""
    parts = {part(CauseKind.SETTINGS): digest([_settings(assignment.course)])} | grader_parts()
    folder, templates = assignment.source, InstantiateTests(config=assignment.course.config).autotest_filename
    if (of_all := assignment.course.root / templates).is_file():  # of the tests that nbgrader writes
        parts[part(CauseKind.FILE, templates)] = digest([of_all.read_bytes()])
    for path in sorted(map(Path, find_all_files(str(folder), assignment.course.directory().ignore))):
        name = path.relative_to(folder).as_posix()
        if name.endswith(NOTEBOOK):
            parts |= _cells(read_notebook(path), name)
        else:
            parts[part(CauseKind.FILE, name)] = digest([path.read_bytes()])
    return parts


def grader_parts() -> Parts:
    """The grader that is installed here, and the versions of what it rests on."""
    files = (sorted([*PACKAGE.glob(f"{each}.py"), *PACKAGE.glob(f"{each}/**/*.py")]) for each in DECIDES_MARKS)
    parts = {
        part(CauseKind.GRADER): digest(f"{path.name} {path.read_text(encoding='utf-8')}" for path in chain(*files)),
        part(CauseKind.VERSION, "python"): "{}.{}".format(*sys.version_info),
    }
    versions = {part(CauseKind.VERSION, name): _version(name) for name in PACKAGES_THAT_DECIDE}
    return parts | {name: version for name, version in versions.items() if version is not None}


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:  # not every course needs each
        return None


def part(kind: CauseKind, name: str = "") -> str:
    return f"{kind} {name}".strip()


def changed_parts(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[Cause, ...]:
    """What differs; of versions with what they were and are."""
    causes = []
    for name in [*now, *(name for name in then if name not in now)]:
        if then.get(name) != now.get(name):
            kind, _space, what = name.partition(" ")
            versions = f" {then.get(name, '–')} → {now.get(name, '–')}" if kind == CauseKind.VERSION else ""
            causes.append(Cause(CauseKind(kind), what + versions))
    return tuple(causes)


def _cells(notebook: NotebookNode, file: str) -> Parts:
    """Each cell that has a name in nbgrader; and under the file's, the order of these, and the rest."""
    stem = file.removesuffix(NOTEBOOK)
    named = {
        part(CauseKind.CELL, f"{stem}/{name}"): _of_cell(cell) for cell in notebook.cells if (name := grade_id(cell))
    }
    rest = [_of_cell(cell) for cell in notebook.cells if not grade_id(cell)]
    return named | {part(CauseKind.FILE, file): digest([*named, *rest, _canonical(notebook.metadata)])}


def _of_cell(cell: NotebookNode) -> str:
    return digest([cell.cell_type, cell.source, _canonical(cell.metadata)])


def _canonical(values: Mapping[str, object]) -> str:
    return json.dumps(values, sort_keys=True, default=str)


def _settings(course: Course) -> str:
    """What nbgrader_config.py says, but for what it sets of dates and penalties: they come after the marks."""
    read = ast.parse((course.root / "nbgrader_config.py").read_bytes())
    return "\n".join(ast.dump(each) for each in read.body if not _is_of_dates(each))


def _is_of_dates(statement: ast.stmt) -> bool:
    match statement:
        case ast.Assign(targets=[ast.Attribute(value=ast.Attribute(value=ast.Name(), attr=section))]):
            return section in AFTER_MARKS
    return False
