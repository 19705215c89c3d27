"""The modules that a course's notebooks import, found by reading them: so they can be imported once for a whole class.

It is done before anything else, and imports nothing that takes long.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.replacing import read_json

NOT_PYTHON = ("%", "!")  # a notebook's own syntax: lines that begin so


def modules_of(folder: Path) -> tuple[str, ...]:
    """The modules that the notebooks in a folder import, but for those that lie beside them."""
    found: set[str] = set()
    for path in folder.glob("*.ipynb"):
        found.update(*map(imported, _code(read_json(path))))
    beside = {path.stem for path in folder.glob("*") if path.suffix == ".py" or path.is_dir()}
    return tuple(sorted(name for name in found if name.split(".")[0] not in beside))


def imported(source: str) -> set[str]:
    """The modules that a cell's code imports, in whatever line; none where it is no Python."""
    python = "\n".join("" if line.lstrip().startswith(NOT_PYTHON) else line for line in source.splitlines())
    try:
        nodes = ast.walk(ast.parse(python))
        return set(_modules(nodes))
    except (SyntaxError, ValueError, RecursionError):
        return set()


def _modules(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def _code(notebook: Mapping[str, Any]) -> Iterator[str]:
    """The sources of a notebook's code cells; nbformat 3 kept its cells in sheets, and a source as `input`."""
    for sheet in notebook.get("worksheets", [notebook]):
        for cell in sheet.get("cells", ()):
            if cell.get("cell_type") == "code":
                source = cell.get("source", cell.get("input", ""))
                yield source if isinstance(source, str) else "".join(source)
