"""Proof that a released notebook holds no solution, no hidden test and no output of its source."""

import re
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode

from autograder.cells.metadata import name_of
from autograder.cells.withheld import split_withheld
from autograder.checks.messages import _
from autograder.course.faults import Fault


def leaks(file: str, source: NotebookNode, released: NotebookNode) -> list[Fault]:
    """A fault for each withheld line or output that stands in a released assignment, or could stand there unread."""
    found = leaked_lines(file, source, released)
    return found + [fault for cell in released.cells for fault in _carriers(file, cell)]


def leaked_lines(file: str, source: NotebookNode, released: NotebookNode) -> list[Fault]:
    """A fault for each withheld line or output that stands anywhere in the released notebook, metadata included."""
    secrets = _secrets(source)
    places = [("", released.metadata)] + [(name_of(cell), cell) for cell in released.cells]
    return [fault for place, part in places for fault in _found(file, place, "\n".join(_strings(part)), secrets)]


def leaks_beside(file: str, source: NotebookNode, content: bytes) -> list[Fault]:
    """A fault for each withheld line or output that stands in a file released beside the notebook."""
    return _found(file, "", content.decode("utf-8", errors="replace"), _secrets(source))


def _found(file: str, place: str, text: str, secrets: dict[str, str]) -> list[Fault]:
    return [
        Fault(file, place, _("a line withheld from students is in the release: {secret}", secret=repr(secret)),
              _("It comes from cell {cell} of the source: see what else there, metadata included, repeats it",
                cell=origin))
        for secret, origin in secrets.items()
        if secret in text
    ]  # fmt: skip


def _carriers(file: str, cell: NotebookNode) -> Iterator[Fault]:
    """Whatever in a cell could carry a secret in a form that can't be read as text."""
    if cell.get("outputs") or cell.get("execution_count") is not None:
        yield Fault(file, name_of(cell), _("the release holds an output or an execution count"),
                    _("Keep nbgrader's ClearOutput among the preprocessors of nbgrader_config.py"))  # fmt: skip
    if cell.get("attachments"):
        yield Fault(file, name_of(cell), _("the release holds an attachment"),
                    _("Put the picture in a file beside the notebook"))  # fmt: skip


def _secrets(source: NotebookNode) -> dict[str, str]:
    """Every telling line that students must not see, and the cell it stands in."""
    visible, withheld = [], []
    for cell in source.cells:
        seen, unseen = split_withheld(cell)
        visible += seen
        printed = "\n".join(_strings([_content(output) for output in cell.get("outputs", [])])).split("\n")
        withheld += [(line.strip(), name_of(cell)) for line in unseen + printed]
    everything_visible = "\n".join(visible)
    return {line: cell for line, cell in withheld if _is_telling(line) and line not in everything_visible}


def _content(output: NotebookNode) -> list[Any]:
    """What an output shows, without the format's own words such as `stream` and `text/plain`."""
    return [output.get("text"), list(output.get("data", {}).values()), output.get("traceback")]


def _is_telling(line: str) -> bool:
    """Whether finding the line means something: a single word or a bracket can stand anywhere."""
    return len(line) > 3 and re.search(r"\w\W+\w", line) is not None


def _strings(value: Any) -> Iterator[str]:
    """Every string inside a JSON value, the keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
