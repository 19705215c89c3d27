"""Judging answers as a notebook would: the cells of a source notebook in order, in this process."""

import ast
import contextlib
import functools
import io
import warnings
from collections.abc import Callable, Container, Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nbformat
import torch
from nbformat import NotebookNode
from nbgrader.utils import is_solution

from autograder.cells.metadata import is_test, name_of, tags
from autograder.cells.names import names_of
from autograder.checks import CouldNotTell, notebook, subject
from autograder.course.answers import AnswerFile, submission

SOURCE = Path(__file__).parents[1] / "source"


@dataclass(frozen=True)
class Judgement:
    """What came of one test cell: "passed", "failed", "could not tell" or "crashed", and what the student reads."""

    outcome: str
    text: str = ""


def judge(assignment: str, answers: AnswerFile, only: Container[str] | None = None) -> dict[str, Judgement]:
    """Each test cell's judgement of the answers, the reference's standing for those not given, or only some tests'.

    Runs the course's cells, the answers and the tests with their hidden regions. The experiments between them show
    something and judge nothing. An answer that raises is passed over, as a notebook run to its end does. Where `only`
    some tests are asked, a network is observed once between two cells that are no tests, as the grader does.
    """
    observed: dict[Hashable, Any] = {}

    def observed_once(network_class: Any, *asked: Hashable) -> Any:
        if (id(network_class), *asked) not in observed:
            observed[id(network_class), *asked] = network_class, observe_network(network_class, *asked)
        return observed[id(network_class), *asked][1]

    observe_network = subject.observe_network
    once = patch.object(subject, "observe_network", observed_once if only is not None else observe_network)
    with _default_dtype_kept(), once:
        return _judge(assignment, answers, only, forget=observed.clear)


def asked(assignment: str, answers: AnswerFile) -> set[str]:
    """The test cells whose judgement hangs on the answers given: by the names that they reach, directly or through others."""
    source = source_notebook(assignment)
    given, found = set(), set()  # names that the answers bind, and what is made of these
    for cell, reference in zip(submission(source, source, answers).cells, source.cells, strict=True):
        if is_test(cell):
            reached = {node.attr for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Attribute)}
            if given & (reached | names_of(cell.source)[1]):
                found.add(name_of(cell))
        elif cell.cell_type == "code" and is_solution(cell):
            bound, read = names_of(cell.source)
            if name_of(cell) in answers.cells or given & read:
                given |= bound | names_of(reference.source)[0]
    return found


def _judge(
    assignment: str, answers: AnswerFile, only: Container[str] | None, forget: Callable[[], None]
) -> dict[str, Judgement]:
    namespace: dict[str, Any] = {"__name__": "__main__"}
    namespace["answer"], namespace["check"] = notebook(language="en", namespace=namespace)
    source = source_notebook(assignment)
    judgements = {}
    for cell in submission(source, source, answers).cells:
        if is_test(cell):
            if only is None or name_of(cell) in only:
                judgements[name_of(cell)] = _judgement(_error_of(cell, namespace))
            continue
        forget()
        if cell.cell_type == "code" and is_solution(cell):
            _error_of(cell, namespace)
        elif "course" in tags(cell) and (error := _error_of(cell, namespace)):
            raise error
    return judgements


@contextlib.contextmanager
def _default_dtype_kept() -> Iterator[None]:
    """An answer may set another: that of its notebook alone."""
    kept = torch.get_default_dtype()
    try:
        yield
    finally:
        torch.set_default_dtype(kept)


@functools.cache
def source_notebook(assignment: str) -> NotebookNode:
    return nbformat.read(SOURCE / assignment / f"{assignment}.ipynb", as_version=4)


def _error_of(cell: NotebookNode, namespace: dict[str, Any]) -> Exception | None:
    """Runs the cell in the namespace, in silence."""
    silence = io.StringIO()
    with warnings.catch_warnings(), contextlib.redirect_stdout(silence), contextlib.redirect_stderr(silence):
        warnings.simplefilter("ignore")
        try:
            exec(compile(cell.source, f"<{name_of(cell)}>", "exec"), namespace)
        except Exception as error:
            return error
    return None


def _judgement(error: Exception | None) -> Judgement:
    match error:
        case None:
            return Judgement("passed")
        case AssertionError():
            return Judgement("failed", str(error))
        case CouldNotTell():
            return Judgement("could not tell", str(error))
    return Judgement("crashed", f"{type(error).__name__}: {error}")
