"""Notebook files: the one place where they are read and written."""

import json
import warnings
from copy import deepcopy
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.reader import NotJSONError

from autograder.replacing import read_json


class NotANotebook(ValueError):
    """What was read is no notebook; `is_json` tells whether it is JSON at least."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error).split("\n")[0])
        self.is_json = not isinstance(error, NotJSONError | UnicodeDecodeError)
        self.is_in_other_encoding = is_in_other_encoding(error)


def read_notebook(path: Path) -> NotebookNode:
    """The notebook in a file; OSError, or NotANotebook."""
    return notebook_of(path.read_bytes())


def read_source(path: Path) -> NotebookNode:
    """A notebook of the course, with the ids that its file gives to its cells and no others: old formats have none."""
    notebook = read_notebook(path)
    written = read_json(path).get("cells", [])  # nbformat 3 kept them elsewhere
    for place, cell in enumerate(notebook.cells):
        if place >= len(written) or "id" not in written[place]:
            cell.pop("id", None)  # nbformat draws one anew each time
    return notebook


def read_handed_in(path: Path) -> NotebookNode:
    """The notebook in a file, in any encoding of JSON; OSError, or NotANotebook."""
    content = path.read_bytes()
    try:
        return notebook_of(in_utf8(content))
    except UnicodeDecodeError as error:
        raise NotANotebook(error) from error


def in_utf8(content: bytes) -> bytes:
    """The JSON text in UTF-8, whichever of the encodings of JSON it is in, and without a mark of that."""
    encoding = json.detect_encoding(content)
    if encoding == "utf-8":
        return content
    return content.decode(encoding, "surrogatepass").encode("utf-8", "surrogatepass")


def is_in_other_encoding(error: Exception) -> bool:
    """Whether a JSON text was refused as it is in none of its encodings, but in cp1251, say; and is not cut short."""
    if not isinstance(error, UnicodeDecodeError):
        return False
    return error.object.lstrip().startswith(b"{") and error.reason != "unexpected end of data"


def notebook_of(content: bytes) -> NotebookNode:
    """The notebook in the present format; NotANotebook where the content is none."""
    try:
        with warnings.catch_warnings(action="ignore"):  # that it lacks cell ids, say, is nothing to warn of
            return nbformat.reads(content.decode(), as_version=4)
    except Exception as error:  # nbformat raises whatever its conversions stumble over
        raise NotANotebook(error) from error


def content_of(notebook: NotebookNode) -> bytes:
    """What a file of the notebook holds."""
    return f"{nbformat.v4.writes(notebook)}\n".encode()


def without_outputs(notebook: NotebookNode) -> NotebookNode:
    """A copy of the notebook as if no cell of it had been run."""
    bare = deepcopy(notebook)
    for cell in bare.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return bare
