"""Dates as people write them, in the course's time zone; and as nbgrader stores them, in UTC without a zone."""

from datetime import UTC, datetime, time
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from traitlets import Unicode
from traitlets.config import Configurable

from autograder.faults import CourseFault
from autograder.grading.course import Course
from autograder.grading.settings import require_known
from autograder.kinds import FaultKind

DAYS = ("%Y-%m-%d", "%d.%m.%Y")
TIMES = (" %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S")
OFFSETS = ("", "%z", " %z")
START_OF_DAY = time()
END_OF_DAY = time(23, 59, 59)


class Term(Configurable):
    """What holds for the whole term, in nbgrader_config.py."""

    time_zone = Unicode(
        "UTC",
        help="The time zone of due dates and extensions, by its IANA name: Europe/Moscow, Asia/Yekaterinburg.",
    ).tag(config=True)


def time_zone(course: Course) -> ZoneInfo:
    """The course's time zone; CourseFault where its name is none, as MSK, or another setting's is."""
    require_known(course, Term)
    name = Term(config=course.config).time_zone
    known = _known_zones()
    if name not in known:
        nearest = get_close_matches(name, sorted(known), n=3, cutoff=0)
        raise CourseFault(FaultKind.BAD_TIME_ZONE, zone=name, known=", ".join(nearest))
    return ZoneInfo(name)


@cache  # it reads folders of files
def _known_zones() -> set[str]:
    return available_timezones()


def read_moment(text: str, zone: ZoneInfo, time_of_day: time) -> datetime:
    """The moment that a person has written, in UTC as nbgrader stores it; a date alone is at this time of that day.

    CourseFault where it can't be read, or is a time that the clocks of the zone show never or twice.
    """
    written = " ".join(text.split())
    if day := _parsed(written, DAYS):
        return _utc(written, datetime.combine(day, time_of_day), zone)
    local = _parsed(written, [day + time + offset for day in DAYS for time in TIMES for offset in OFFSETS])
    if local is None:
        raise CourseFault(FaultKind.BAD_MOMENT, found=text)
    return _utc(written, local, zone)


def _parsed(text: str, formats: list[str] | tuple[str, ...]) -> datetime | None:
    for each in formats:
        try:
            return datetime.strptime(text, each)
        except ValueError:
            continue
    return None


def _utc(written: str, local: datetime, zone: ZoneInfo) -> datetime:
    if local.tzinfo is not None:
        return _stored(written, local)
    earlier, later = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if earlier.utcoffset() == later.utcoffset():
        return _stored(written, earlier)
    offsets = [f"{written} {each:%z}" for each in (earlier, later)]
    if earlier.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local:
        raise CourseFault(FaultKind.TIME_TWICE, found=written, zone=zone.key, first=offsets[0], second=offsets[1])
    raise CourseFault(FaultKind.TIME_SKIPPED, found=written, zone=zone.key)


def _stored(written: str, moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC).replace(tzinfo=None)
    except OverflowError as error:  # the years 1 and 9999
        raise CourseFault(FaultKind.BAD_MOMENT, found=written) from error


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """A stored moment by the clocks of the zone."""
    return moment.replace(tzinfo=UTC).astimezone(zone)


def shown(moment: datetime) -> str:
    """A moment for people, without the zone."""
    return moment.replace(tzinfo=None).isoformat(" ", "seconds" if moment.second else "minutes")
