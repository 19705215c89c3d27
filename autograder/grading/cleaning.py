"""A notebook as a browser may show it, with the rights of whoever opens it: nothing of a student's runs there.

Code stays as it is: it is shown as text. Texts, outputs and attachments keep what is on a list of what is harmless.
"""

import base64
import re
from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.checks.messages import ACTIVE_OUTPUT, ACTIVE_TEXT
from autograder.grading.markup import is_telling, safe_html, safe_markdown, safe_tex
from autograder.grading.rebuild import name_of

PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
NAME_OF_ATTACHMENT = re.compile(r"[A-Za-z0-9_.-]{1,200}")  # what nbconvert finds again in any text
MOST_PIXELS = 10_000


@dataclass(frozen=True)
class Cleaned:
    """The notebook, and the names of the cells in which something was not harmless."""

    notebook: NotebookNode
    cells: tuple[str, ...]


def cleaned(notebook: NotebookNode, course: NotebookNode, language: str) -> Cleaned:
    """The notebook without what a browser could run or fetch, and a word in each place where there was something.

    Texts that are the course's own stay as they are.
    """
    clean = deepcopy(notebook)
    known = {cell.source for cell in course.cells}
    names = [name_of(cell) for cell in clean.cells if _clean_cell(cell, known, language)]
    return Cleaned(clean, tuple(names))


def _clean_cell(cell: NotebookNode, known: Collection[str], language: str) -> bool:
    """Whether something in the cell was not harmless."""
    if cell.cell_type == "code":
        outputs = [_clean_output(output) for output in cell.outputs]
        cell.outputs = [output for output, _told in outputs if output is not None]
        told = any(told for _output, told in outputs)
        if told:
            # Not on stderr: nbgrader takes a test that writes there for a failed one.
            cell.outputs.append(new_output("stream", name="stdout", text=f"⚠ {ACTIVE_OUTPUT.text(language)}\n"))
        return told
    if cell.source in known:
        return False
    if "attachments" in cell:
        cell.attachments = _clean_attachments(cell.attachments)
    source = safe_markdown(cell.source, cell.get("attachments", ()))
    told = source != cell.source and is_telling(cell.source)
    cell.source = f"> ⚠ *{ACTIVE_TEXT.text(language)}*\n\n{source}" if told else source
    return told


def _clean_attachments(given: Any) -> NotebookNode:
    """The pictures among a cell's attachments."""
    bundles = given.items() if isinstance(given, Mapping) else ()
    kept = {
        name: {kind: data for kind, data in bundle.items() if kind in PICTURES and _is_base64(data)}
        for name, bundle in bundles
        if NAME_OF_ATTACHMENT.fullmatch(name) and isinstance(bundle, Mapping)
    }
    return NotebookNode({name: NotebookNode(bundle) for name, bundle in kept.items() if bundle})


def _clean_output(output: NotebookNode) -> tuple[NotebookNode | None, bool]:
    """The output as it may be shown, if there is something left of it, and whether it was not harmless."""
    if output.output_type == "stream":
        output.name = output.name if output.name in ("stdout", "stderr") else "stdout"
    if output.output_type not in ("display_data", "execute_result"):
        return output, False
    shown, told = NotebookNode(), False
    for kind, data in output.data.items():
        safe = _safe_data(kind, data)
        told |= safe is None or (kind in safe and safe[kind] != data and is_telling(data))
        shown |= safe or {}
    output.metadata = _clean_metadata(output.metadata, shown)
    output.data = shown
    return (output if shown else None), told


def _safe_data(kind: str, data: Any) -> dict[str, str] | None:
    """The data of one type as it may be shown, by type; None where it may not."""
    if not isinstance(data, str):
        return None
    if kind == "text/plain":
        return {kind: data}
    if kind in PICTURES:
        return {kind: data} if _is_base64(data) else None
    if kind == "text/latex":
        return {kind: safe_tex(data)}
    if kind == "text/markdown":
        return {kind: safe_markdown(data)}
    if kind == "text/html":
        return {kind: safe_html(data)}
    if kind == "image/svg+xml":  # in an <img> it can't run or fetch anything
        encoded = base64.b64encode(data.encode()).decode()
        return {"text/html": f'<img src="data:image/svg+xml;base64,{encoded}">'}
    return None


def _is_base64(data: Any) -> bool:
    return isinstance(data, str) and BASE64.fullmatch(data) is not None


def _clean_metadata(given: Mapping[str, Any], shown: Mapping[str, str]) -> NotebookNode:
    """Of what an output says about itself, the width and height of pictures: nbconvert writes them unquoted."""
    sizes = {kind: given[kind] for kind in PICTURES if kind in shown and isinstance(given.get(kind), Mapping)}
    return NotebookNode(
        {
            kind: NotebookNode({name: size[name] for name in ("width", "height") if _is_length(size.get(name))})
            for kind, size in sizes.items()
        }
    )


def _is_length(value: Any) -> bool:
    return type(value) in (int, float) and 0 < value < MOST_PIXELS
