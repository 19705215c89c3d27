"""Tables as an LMS or a spreadsheet writes them: the encoding, the separator and the names of the columns differ."""

import codecs
import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from autograder.faults import CourseFault, course_fault
from autograder.kinds import FaultKind
from autograder.process.limits import MEGABYTE

MOST_BYTES = 16 * MEGABYTE
MOST_LETTERS = 10_000  # of the headings, for finding the separator
SEPARATORS = ",;\t"
UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}  # what Excel calls Unicode text
BOM = "\ufeff"  # with which a text may begin, to mark its encoding


def read_table(
    path: Path, columns: Mapping[str, Sequence[str]], needed: Collection[str], wanted: str
) -> list[dict[str, str]]:
    """The rows as texts by our names of the columns, of which `columns` has the headings that each may have.

    Only columns that the table has are in a row. CourseFault where the file is no table, has none of those `needed`,
    which the reader knows as `wanted`, or a value that goes on over whole rows.
    """
    text, _encoding = read_text(path)
    text = text.removeprefix(BOM)
    try:
        separator = separator_of(text)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise CourseFault(FaultKind.BAD_TABLE, file=str(path), error=str(error)) from error
    where = places(rows[0], columns) if rows else {}
    if not where.keys() & set(needed):
        raise CourseFault(FaultKind.NO_COLUMNS, file=str(path), wanted=wanted)
    found = [
        {ours: row[place].strip() if place < len(row) else "" for ours, place in where.items()}
        for row in rows[1:]
        if any(row)
    ]
    for value in (value for row in found for value in row.values()):
        first, *others = value.splitlines() or [""]
        if any(separator in each for each in others):  # whole rows
            raise CourseFault(FaultKind.OPEN_QUOTE, file=str(path), found=first)
    return found


def read_text(path: Path) -> tuple[str, str]:
    """The text of a file, with what marks its encoding, and that encoding; CourseFault where it can't be read."""
    with course_fault(FaultKind.UNREADABLE, str(path)):
        if path.stat().st_size > MOST_BYTES:
            raise CourseFault(FaultKind.BAD_TABLE, file=str(path), error=f"> {MOST_BYTES // MEGABYTE} MB")
        content = path.read_bytes()
    if encoding := UTF16.get(content[:2]):
        return content.decode(encoding, "replace"), encoding
    try:
        return content.decode(), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1251", "replace"), "cp1251"  # as Excel writes it in Russian Windows


def places(headings: Sequence[str], columns: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Where the columns are that the table has, by our names."""
    plain = [heading.strip().casefold() for heading in headings]
    return {
        ours: plain.index(heading)
        for ours, theirs in columns.items()
        if (heading := next((each for each in theirs if each in plain), None)) is not None
    }


def separator_of(text: str) -> str:
    """The one that makes most columns of the headings; a comma where none does."""
    headings = re.split(r"[\r\n]", text.removeprefix(BOM), maxsplit=1)[0][:MOST_LETTERS]
    return max(SEPARATORS, key=lambda each: len(next(csv.reader([headings], delimiter=each), [])))
