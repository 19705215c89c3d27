"""Moodle's grading worksheet of an assignment: which participant is who, and when they handed in."""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from babel.dates import get_month_names

from autograder.classroom.tables import read_table
from autograder.faults import CourseFault
from autograder.kinds import FaultKind
from autograder.languages import LANGUAGES

COLUMNS = {
    "participant": ("identifier", "идентификатор"),
    "full_name": ("full name", "полное имя"),
    "email": ("email address", "адрес электронной почты"),
    "moment": ("last modified (submission)", "последнее изменение (ответ)"),
}
NUMBER = re.compile(r"(\d+)\s*$")  # `Participant 1234567`; in Russian without the space
TIME = re.compile(r"\b(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap]m)?\b", re.IGNORECASE)
DAY, YEAR = re.compile(r"\b\d{1,2}\b"), re.compile(r"\b\d{4}\b")
NO_MOMENT = ("", "-")
MOST_LETTERS = 100  # of a cell, in a message


@dataclass(frozen=True)
class Participant:
    """A row of the worksheet; the moment is a local time without a zone."""

    full_name: str
    email: str
    moment: datetime | None


def read_worksheet(file: Path) -> dict[str, Participant]:
    """The participants by the number that a download has in their folders' names."""
    rows = read_table(file, COLUMNS, needed=("participant",), wanted="Identifier, Идентификатор")
    return {
        number[1]: Participant(row.get("full_name", ""), row.get("email", ""), _moment(file, row.get("moment", "")))
        for row in rows
        if (number := NUMBER.search(row["participant"]))
    }


def _moment(file: Path, written: str) -> datetime | None:
    """The time in a cell; CourseFault where it is in another language than ours."""
    if written in NO_MOMENT:
        return None
    try:
        return parse_moment(written)
    except (LookupError, ValueError, TypeError) as error:
        raise CourseFault(FaultKind.BAD_WORKSHEET, file=str(file), found=written[:MOST_LETTERS]) from error


def parse_moment(written: str) -> datetime:
    """`Saturday, 28 November 2026, 5:30 PM` or `суббота, 28 ноября 2026, 17:30`; an error where it is neither."""
    time = TIME.search(written)
    if time is None:
        raise ValueError(written)
    date = TIME.sub("", written)
    months = _months()
    month = _only(str(months[word]) for word in re.findall(r"\w+", date.casefold()) if word in months)
    year, day = _only(YEAR.findall(date)), _only(DAY.findall(date))
    hour = int(time[1])
    if time[3]:
        hour = hour % 12 + (12 if time[3].lower() == "pm" else 0)
    return datetime(year, month, day, hour, int(time[2]))


def _only(found: Iterable[str]) -> int:
    (number,) = found
    return int(number)


@functools.cache
def _months() -> dict[str, int]:
    """The names of the months as they stand in a date, in both languages."""
    return {
        name.casefold(): number
        for language in LANGUAGES
        for number, name in get_month_names("wide", "format", language).items()
    }
