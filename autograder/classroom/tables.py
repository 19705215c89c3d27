"""Tables as an LMS or a spreadsheet writes them: the encoding, the separator and the names of the columns differ."""

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.grading.results import CourseFault
from autograder.kinds import FaultKind
from autograder.process.limits import MEGABYTE

MOST_BYTES = 16 * MEGABYTE
SEPARATORS = ",;\t"
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # what Excel calls Unicode text


def read_table(path: Path, columns: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """The rows as texts by our names of the columns, of which `columns` has the headings that each may have.

    Only columns that the table has are in a row. CourseFault where the file is no table.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CourseFault(FaultKind.BAD_TABLE, file=str(path), error=f"> {MOST_BYTES // MEGABYTE} MB")
        text = _text(path.read_bytes())
    except OSError as error:
        raise CourseFault(FaultKind.UNREADABLE, notebook=str(path), error=error.strerror or str(error)) from error
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as error:
        raise CourseFault(FaultKind.BAD_TABLE, file=str(path), error=str(error)) from error
    headings = [heading.strip().casefold() for heading in rows[0]] if rows else []
    places = {
        ours: headings.index(heading)
        for ours, theirs in columns.items()
        if (heading := next((each for each in theirs if each in headings), None)) is not None
    }
    return [
        {ours: row[place].strip() if place < len(row) else "" for ours, place in places.items()}
        for row in rows[1:]
        if any(row)
    ]


def _text(content: bytes) -> str:
    if content.startswith(UTF16):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", "replace")  # as Excel writes it in Russian Windows


def _separator(text: str) -> str:
    """The one that makes most columns of the headings; a comma where none does."""
    headings = text.partition("\n")[0]
    return max(SEPARATORS, key=lambda each: len(next(csv.reader([headings], delimiter=each), [])))
