"""The proofs of a release without running it: of what is written, and of building it again."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.nbgraderformat.common import SchemaMismatchError, ValidationError
from nbgrader.nbgraderformat.v3 import MetadataValidatorV3

from autograder.cells.files import NotANotebook, read_notebook
from autograder.cells.metadata import grade_id, is_test, languages_of, name_of
from autograder.checks.messages import _
from autograder.course.build import CONFIGURATION, DROPS_LANGUAGES
from autograder.course.faults import Fault, ReleaseError
from autograder.course.lab_rules import lab_rules, rule_faults
from autograder.course.languages import different_graded_cells, foreign_text, unlike_twins
from autograder.course.leaks import leaks, leaks_beside
from autograder.course.testcells import direct_uses, leftover_names, misused_handles, untagged_names
from autograder.folders import files_in
from autograder.replacing import read_json


def read_notebooks(folder: Path) -> dict[Path, NotebookNode]:
    """The notebooks in a folder by their path in it."""
    return {path.relative_to(folder): _read(path) for path in sorted(folder.glob("*.ipynb"))}


def _read(path: Path) -> NotebookNode:
    try:
        notebook = read_notebook(path)
    except NotANotebook as error:
        raise ReleaseError([Fault(str(path), "",
                                  _("it can't be read as a notebook ({error})", error=str(error)),
                                  _("Restore it, or save it again from Jupyter"))]) from error  # fmt: skip
    if faults := cells_without_id(str(path), read_json(path)):
        raise ReleaseError(faults)
    return notebook


def cells_without_id(file: str, notebook: Mapping[str, Any]) -> list[Fault]:
    """A fault for each cell without an id of its own: nbformat would draw a new one at each reading."""
    ids = Counter(cell.get("id") for cell in notebook.get("cells", []))
    return [
        Fault(
            file,
            str(identifier),
            _("{count} cells have this id, or none", count=count),
            _("Give each cell an id of its own"),
        )
        for identifier, count in ids.items()
        if identifier is None or count > 1
    ]


def differences(first: Mapping[str, bytes], second: Mapping[str, bytes]) -> list[Fault]:
    """A fault for each file that two builds do not have in common, byte for byte."""
    return [
        Fault(file, "", _("building it again gives other bytes"),
              _("Keep nbformat, nbconvert and nbgrader pinned, dates and random numbers out of the preprocessors, "
                "and in a header or footer (c.IncludeHeaderFooter) give each cell an id"))
        for file in sorted(first.keys() | second.keys())
        if first.get(file) != second.get(file)
    ]  # fmt: skip


def source_faults(course_root: Path, assignments: Sequence[str]) -> list[Fault]:
    """What can be told of the sources alone, without running them."""
    return [fault for assignment in assignments for fault in _source_faults(course_root, assignment)]


def _source_faults(course_root: Path, assignment: str) -> list[Fault]:
    folder, file = course_root / "source" / assignment, f"source/{assignment}"
    notebooks = read_notebooks(folder)
    known, faults = lab_rules(folder, file, notebooks.values())
    for path, source in notebooks.items():
        faults += metadata_faults(f"{file}/{path}", source)
        found = notebook_faults(f"{file}/{path}", source)
        faults += found or untagged_names(f"{file}/{path}", source) + rule_faults(
            folder, f"{file}/{path}", source, known
        )
    return faults


def metadata_faults(file: str, source: NotebookNode) -> list[Fault]:
    """A fault for each cell that nbgrader can't read as a cell of its own, and each name that several cells have."""
    names = Counter(filter(None, map(grade_id, source.cells)))
    return [fault for cell in source.cells for fault in _metadata_faults(file, cell)] + [
        Fault(file, name, _("{count} cells have this name", count=count),
              _("Give each a name (ID) of its own in the sidebar of nbgrader"))
        for name, count in names.items()
        if count > 1
    ]  # fmt: skip


def _metadata_faults(file: str, cell: NotebookNode) -> Iterator[Fault]:
    try:
        MetadataValidatorV3().validate_cell(cell)
    except ValidationError as error:
        yield Fault(file, name_of(cell), _("nbgrader can't read what it is ({error})", error=error.message),
                    _("Set it anew in the sidebar of nbgrader: its type, a name (ID) of Latin letters, digits, _ and "
                      "-, its points"))  # fmt: skip
    except SchemaMismatchError as error:
        yield Fault(file, name_of(cell), _("its nbgrader metadata is of another version ({error})", error=str(error)),
                    _("Make a copy of the course, run `nbgrader update .` in its folder, then this again"))  # fmt: skip


def notebook_faults(file: str, source: NotebookNode) -> list[Fault]:
    """What can be told of an assignment's or a lesson's source without running it."""
    proofs = (unlike_twins, misused_handles, direct_uses, leftover_names)
    try:
        return [fault for proof in proofs for fault in proof(file, source)]
    except SyntaxError as error:
        return [Fault(file, error.filename or "", _("it is not Python: {error} (line {line})", error=error.msg,
                                                    line=str(error.lineno)), _("Correct it"))]  # fmt: skip


def release_faults(course_root: Path, built: Path, assignments: Sequence[str], languages: Sequence[str]) -> list[Fault]:
    """What can be told of a built release without running it."""
    return [fault for name in assignments for fault in _release_faults(course_root, built, name, languages)]


def _release_faults(course_root: Path, built: Path, assignment: str, languages: Sequence[str]) -> Iterator[Fault]:
    releases = {language: read_notebooks(built / language / assignment) for language in languages}
    for path, source in read_notebooks(course_root / "source" / assignment).items():
        files = {language: f"release/{language}/{assignment}/{path}" for language in languages}
        for language, file in files.items():
            yield from leaks(file, source, releases[language][path])
            yield from _undropped(releases[language][path], language) or foreign_text(
                file, releases[language][path], language
            )
            for beside, content in files_in(built / language / assignment).items():
                if not beside.endswith(".ipynb"):
                    yield from leaks_beside(f"release/{language}/{assignment}/{beside}", source, content)
        for one, other in pairwise(languages):
            yield from different_graded_cells(files[other], releases[one][path], releases[other][path])


def _undropped(released: NotebookNode, language: str) -> list[Fault]:
    """The fault of a configuration that leaves cells of another language in a release."""
    if not any(languages_of(cell) - {language} for cell in released.cells):
        return []
    told = _("it lets the cells of both languages into each release")
    return [Fault(CONFIGURATION, "", told, _("Add to it"), DROPS_LANGUAGES)]


def sources_of_tests(course_root: Path, assignments: Sequence[str]) -> list[str]:
    """The test cells of these assignments."""
    notebooks = (read_notebooks(course_root / "source" / each) for each in assignments)
    return [cell.source for each in notebooks for source in each.values() for cell in source.cells if is_test(cell)]
