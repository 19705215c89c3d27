"""What a student's process says that its cells showed, taken as a notebook's outputs only if that is what it is."""

import json
from typing import Any

from nbformat import NotebookNode, ValidationError, from_dict
from nbformat.v4 import new_output
from nbformat.v4.rwbase import rejoin_lines

Output = NotebookNode
TEXTS = {"stream": ("name", "text"), "error": ("ename", "evalue"), "display_data": (), "execute_result": ()}


def checked_outputs(given: Any, most_bytes: int) -> list[Output] | None:
    """The outputs as nbformat writes them; None where they are none, or larger than `most_bytes`."""
    try:
        text = json.dumps(given)
        return [_checked(**each) for each in json.loads(text)] if len(text) <= most_bytes else None
    except (TypeError, ValueError, KeyError, ValidationError, RecursionError):
        return None


def outputs_in_file(written: Any, most_bytes: int) -> list[Output]:
    """The outputs of a cell as a notebook's file has them; none where they are too large, or are none."""
    try:
        cell = rejoin_lines(from_dict({"cells": [{"cell_type": "code", "source": "", "outputs": written}]})).cells[0]
    except (TypeError, ValueError, KeyError, AttributeError):
        return []
    return checked_outputs(cell.outputs, most_bytes) or []


def bytes_of(outputs: list[Output]) -> int:
    """How much of a file the outputs take."""
    return len(json.dumps(outputs, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _checked(output_type: str, **fields: Any) -> Output:
    """ValidationError where nbformat would not have it so."""
    if any(type(fields[name]) is not str for name in TEXTS[output_type]):
        raise ValueError(f"a {output_type} of another form")
    return new_output(output_type, **fields)
