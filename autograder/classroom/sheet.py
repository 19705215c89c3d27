"""A table of an LMS that is given back to it: what nothing is written into stays as it is, byte for byte."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from babel.numbers import format_decimal

from autograder.classroom.tables import BOM, places, read_text, separator_of
from autograder.faults import CourseFault
from autograder.kinds import FaultKind

FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")  # what a spreadsheet takes for the start of one
LOST = "\ufffd"  # what stands for what can't be decoded
CENTS = Decimal("0.01")


@dataclass(frozen=True)
class Cell:
    """What a cell holds, and where in the text it is written."""

    value: str
    begin: int
    end: int


@dataclass(frozen=True)
class Sheet:
    """The text of a table, how it is written, and its cells by row; the first row has the headings."""

    text: str
    encoding: str
    separator: str
    rows: tuple[tuple[Cell, ...], ...]

    def places(self, columns: Mapping[str, Sequence[str]]) -> dict[str, int]:
        """Where the columns are, by our names, of which `columns` has the headings that each may have."""
        return places(self.headings, columns)

    @property
    def headings(self) -> list[str]:
        return [cell.value for cell in self.rows[0]] if self.rows else []

    def value(self, row: int, place: int | None) -> str:
        """What a cell holds; nothing where there is none."""
        cells = self.rows[row]
        return cells[place].value.strip() if place is not None and place < len(cells) else ""

    def filled(self, texts: Mapping[tuple[int, int], str]) -> bytes:
        """The table with these texts in it, by row and column; a letter that its encoding lacks as HTML writes it."""
        pieces, at = [], 0
        for (row, place), text in sorted(texts.items()):
            cell = self.rows[row][place]
            if text != cell.value:
                pieces += [self.text[at : cell.begin], _quoted(text, self.separator)]
                at = cell.end
        return "".join([*pieces, self.text[at:]]).encode(self.encoding, "xmlcharrefreplace")


def read_sheet(file: Path) -> Sheet:
    """The table in a file; CourseFault where it is none, or could not be written back as it is."""
    text, encoding = read_text(file)
    if encoding != "utf-8" and LOST in text:
        raise CourseFault(FaultKind.BAD_TABLE, file=str(file), error=f"not {encoding}")
    separator = separator_of(text)
    return Sheet(text, encoding, separator, tuple(_rows(text, separator)))


def _rows(text: str, separator: str) -> list[tuple[Cell, ...]]:
    """The cells by row, without rows that are empty lines."""
    written = re.compile(rf'(?:"(?P<quoted>(?:[^"]|"")*)(?:"|\Z))?(?P<bare>[^{separator}\r\n]*)')
    rows: list[tuple[Cell, ...]] = []
    row: list[Cell] = []
    at = len(BOM) if text.startswith(BOM) else 0
    while at < len(text) or row:
        found = written.match(text, at)
        assert found  # it matches nothing, too
        quoted = (found["quoted"] or "").replace('""', '"')
        row.append(Cell(quoted + found["bare"], found.start(), found.end()))
        at = found.end() + 1
        if text[found.end() : at] == separator:
            continue
        if text[found.end() : at + 1] == "\r\n":
            at += 1
        if len(row) > 1 or row[0].begin < row[0].end:
            rows.append(tuple(row))
        row = []
    return rows


def _quoted(text: str, separator: str) -> str:
    return '"' + text.replace('"', '""') + '"' if re.search(rf'["\r\n {separator}]', text) else text


def as_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def as_number(value: float, comma: bool = False) -> str:
    """A number with two decimals, as Moodle and Canvas show marks."""
    written = str(Decimal(str(value)).quantize(CENTS, ROUND_HALF_UP))
    return written.replace(".", ",") if comma else written


def as_number_in(language: str, value: float) -> str:
    """The same number as a text in the language has it, without zeros at its end."""
    return format_decimal(Decimal(as_number(value)), "#,##0.##", locale=language)


def read_number(text: str) -> float | None:
    """The number in a cell, with a point or a comma; None where there is none."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
