"""The course's own cells, run and read once without any answer: what goes wrong there is no student's fault."""

import ast
import builtins
import contextlib
import io
import symtable
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from autograder import grading
from autograder.cells.door import rules_asked
from autograder.cells.metadata import LAB_RULES, is_courses, is_students, name_of
from autograder.cells.names import BY_ANY_NAME, NO_CODE, python_of
from autograder.checks.lab import FILE as RULES
from autograder.checks.verdicts import CouldNotTell, Failure, UnknownRule
from autograder.grading.judged import CELL
from autograder.grading.judges import has_outside, is_judged_inside, is_judged_outside
from autograder.grading.marked import CourseNotebooks

Names = frozenset[str]
TESTS_OWN = (ImportError, NameError, SyntaxError)  # anything else a test may raise because it has no answer


@dataclass(frozen=True)
class Rehearsed:
    """A cell of the course, by notebook and name: what goes wrong in it, or None where it is about to be run."""

    notebook: str
    cell: str
    error: str | None = None


def rehearse(course: CourseNotebooks, answers: Mapping[str, Names]) -> Iterator[Rehearsed]:
    """Each cell that the examiner would run, in each language, and what went wrong in it; other tests are compiled.

    `answers` are, by notebook, the names that the answer cells give: a test that reads one of them past `answer` is
    not decided when it is judged.
    """
    for notebook, languages in course.items():
        for language, cells in languages.items():
            yield from _rehearsed(notebook, cells, language, answers[notebook])


def _rehearsed(notebook: str, course: NotebookNode, language: str, answers: Names) -> Iterator[Rehearsed]:
    for cell in course.cells:
        if is_judged_inside(cell) and (error := _not_compiled(cell.source)):
            yield Rehearsed(notebook, name_of(cell), _said(error))
    if has_outside([course]):
        yield from _examined(notebook, course, language, answers)


def _examined(notebook: str, course: NotebookNode, language: str, answers: Names) -> Iterator[Rehearsed]:
    """Each cell that the examiner would run; it runs no other."""
    yield Rehearsed(notebook, RULES)
    try:
        namespace = grading.namespace_of_tests(language, {}, course.metadata.get(LAB_RULES, {}))
    except Exception as unusable:
        yield Rehearsed(notebook, RULES, _said(unusable))
        return
    known = answers | set(dir(builtins))
    for cell in course.cells:
        is_asked = is_judged_outside(cell)
        if cell.cell_type != "code" or not (is_asked or (is_courses(cell) and not is_students(cell))):
            continue
        yield Rehearsed(notebook, name_of(cell))
        error = _error(cell.source, namespace)
        if is_asked:
            error = error if isinstance(error, TESTS_OWN) and getattr(error, "name", None) not in answers else None
            if error is None:
                known |= _names(cell.source)[0]
                error = _unknown(cell.source, known | namespace.keys()) or _unknown_rule(cell.source, namespace)
        if error is not None:
            yield Rehearsed(notebook, name_of(cell), _said(error))


def _said(error: Exception) -> str:
    if isinstance(error, UnknownRule):  # its text is in the notebook's language, which need not be the reader's
        return error.untranslated
    return f"{type(error).__name__}: {error}"


def _error(source: str, namespace: dict[str, Any]) -> Exception | None:
    """What a cell raises; that there is no answer is no error."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            grading.execute(source, namespace)
        except (Failure, CouldNotTell):
            return None
        except Exception as error:
            return error
    return None


def _not_compiled(source: str) -> Exception | None:
    """Why a test that the student's process would run is no code, if so."""
    try:
        compile(python_of(source), "<test cell>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except NO_CODE as error:
        return error
    return None


def _unknown(source: str, known: Names) -> NameError | None:
    """The error that a test would end with once it has an answer: it reads a name that nothing gives."""
    _assigned, read = _names(source)
    if read & BY_ANY_NAME or _imports_whatever_there_is(source):
        return None
    unknown = sorted(name for name in read - known if not name.startswith("__"))
    return NameError(f"name '{unknown[0]}' is not defined") if unknown else None


def _unknown_rule(source: str, namespace: Mapping[str, Any]) -> UnknownRule | None:
    """The error that a test would end with when it gets to a rule that there is not."""
    try:
        for name in rules_asked(source, CELL):
            getattr(namespace.get("check"), name)
    except UnknownRule as error:
        return error
    except AttributeError:  # `check` is the course's own
        pass
    return None


def _names(source: str) -> tuple[Names, Names]:
    """The global names that a cell gives, in whatever line, and those it reads, from whatever depth."""
    assigned, read = set(), set()
    for table in _tables(symtable.symtable(python_of(source), "cell", "exec")):
        for symbol in table.get_symbols():
            is_global = table.get_type() == "module" or symbol.is_global()
            if is_global and (symbol.is_assigned() or symbol.is_imported()):
                assigned.add(symbol.get_name())
            elif is_global and symbol.is_referenced():
                read.add(symbol.get_name())
    return frozenset(assigned), frozenset(read - assigned)


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for inner in table.get_children():
        yield from _tables(inner)


def _imports_whatever_there_is(source: str) -> bool:
    tree = ast.parse(python_of(source))
    return any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in ast.walk(tree))
