"""What a cell has shown, among its outputs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it takes long to import
    from nbformat import NotebookNode


def errors(outputs: Iterable[NotebookNode]) -> list[NotebookNode]:
    """The errors that it raised; IPython may show more than one."""
    return [each for each in outputs if each.get("output_type") == "error"]


def first_error(outputs: Iterable[NotebookNode]) -> NotebookNode | None:
    return next(iter(errors(outputs)), None)


def values(outputs: Iterable[NotebookNode]) -> list[str | None]:
    """The values that it gave, as texts where they have one."""
    return [each["data"].get("text/plain") for each in outputs if each.get("output_type") == "execute_result"]


def printed(outputs: Iterable[NotebookNode]) -> list[str]:
    """What it printed, and warned of."""
    return [each["text"] for each in outputs if each.get("output_type") == "stream"]
