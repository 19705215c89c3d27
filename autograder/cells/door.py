"""The door by which a notebook's cells reach answers and rules: `answer` and `check`, from this package."""

import ast
from collections.abc import Iterator

from nbformat import NotebookNode

from autograder.cells.imports import imported
from autograder.cells.names import python_of

DOOR = frozenset({"answer", "check"})
MODULE = "autograder.checks"  # that gives it


def has_door(notebook: NotebookNode) -> bool:
    """Whether the notebook takes `answer` and `check` from this package."""
    return any(MODULE in imported(cell.source) for cell in notebook.cells if cell.cell_type == "code")


def rules_asked(source: str, cell: str) -> tuple[str, ...]:
    """The names that a cell's code asks `check` for, or has it sum up; SyntaxError for code that is none."""
    return tuple(dict.fromkeys(_asked(ast.parse(python_of(source), cell))))


def _asked(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="check"), attr=name):
                yield name
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="check"), attr="summary"), args=[ast.Dict(values=lists), *_others]
            ):
                yield from (each for names in lists for each in _texts(names))


def _texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
