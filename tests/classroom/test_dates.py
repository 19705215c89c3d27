"""Dates as people write them: read in the course's zone, or refused; never taken for another time."""

from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from grading.small_course import make_course
from hypothesis import given
from hypothesis import strategies as st

from autograder.classroom.dates import END_OF_DAY, START_OF_DAY, local, read_moment, shown, time_zone
from autograder.grading import CourseFault, open_course
from autograder.kinds import FaultKind

MOSCOW, BERLIN = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-11-05 18:00", datetime(2026, 11, 5, 15)),
        ("2026-11-05T18:00:30", datetime(2026, 11, 5, 15, 0, 30)),
        ("05.11.2026 18:00", datetime(2026, 11, 5, 15)),
        ("5.11.2026  18:00 ", datetime(2026, 11, 5, 15)),
        ("05.11.2026", datetime(2026, 11, 5, 20, 59, 59)),
        ("2026-11-05", datetime(2026, 11, 5, 20, 59, 59)),
        ("2026-11-05 18:00+05:00", datetime(2026, 11, 5, 13)),
        ("2026-11-05 18:00 +0500", datetime(2026, 11, 5, 13)),
        ("2026-11-05 18:00Z", datetime(2026, 11, 5, 18)),
    ],
)
def test_a_date_is_read_in_the_courses_zone_and_is_utc(text, utc):
    assert read_moment(text, MOSCOW, END_OF_DAY) == utc


def test_a_date_alone_is_at_the_time_of_day_asked_for():
    assert read_moment("2026-11-05", MOSCOW, START_OF_DAY) == datetime(2026, 11, 4, 21)


@pytest.mark.parametrize(
    "text",
    ["", "tomorrow", "11/05/2026", "2026-11-05 18:00 MSK", "2026-13-01", "31.02.2026", "05.11.26", "18:00", "20261105",
     "05.11.2026 25:00", "2026-11-05 18:00 Europe/Moscow", "0001-01-01 00:00", "9999-12-31 23:00 -12:00"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(text):
    with pytest.raises(CourseFault) as raised:
        read_moment(text, MOSCOW, END_OF_DAY)
    assert (raised.value.fault, raised.value.details) == (FaultKind.BAD_MOMENT, {"found": text})


def test_a_time_that_the_clocks_show_twice_needs_its_offset():
    with pytest.raises(CourseFault) as raised:
        read_moment("25.10.2026 02:30", BERLIN, END_OF_DAY)

    assert raised.value.fault is FaultKind.TIME_TWICE
    first, second = raised.value.details["first"], raised.value.details["second"]
    assert (first, second) == ("25.10.2026 02:30 +0200", "25.10.2026 02:30 +0100")
    assert read_moment(first, BERLIN, END_OF_DAY) == datetime(2026, 10, 25, 0, 30)
    assert read_moment(second, BERLIN, END_OF_DAY) == datetime(2026, 10, 25, 1, 30)


def test_a_time_that_the_clocks_skip_is_refused():
    with pytest.raises(CourseFault) as raised:
        read_moment("2026-03-29 02:30", BERLIN, END_OF_DAY)
    assert raised.value.fault is FaultKind.TIME_SKIPPED
    assert read_moment("2026-03-29 03:00", BERLIN, END_OF_DAY) == datetime(2026, 3, 29, 1)
    assert read_moment("2026-03-29 01:59", BERLIN, END_OF_DAY) == datetime(2026, 3, 29, 0, 59)


@given(moment=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), zone=st.sampled_from([MOSCOW, BERLIN]))
def test_what_is_shown_with_its_offset_is_read_as_the_same_moment(moment, zone):
    moment = moment.replace(microsecond=0)
    by_the_clock = local(moment, zone)
    if by_the_clock.utcoffset().seconds % 60:
        return
    assert read_moment(f"{shown(by_the_clock)} {by_the_clock:%z}", zone, time()) == moment


@pytest.mark.parametrize(
    ("name", "nearest"), [("MSK", ""), ("Europe/Moskow", "Europe/Moscow"), ("../Moscow", ""), ("", "")]
)
def test_a_zone_that_is_none_is_named_with_those_like_it(tmp_path: Path, monkeypatch, name, nearest):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    root = make_course(tmp_path)
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(f"c.Term.time_zone = {name!r}\n")
    with pytest.raises(CourseFault) as raised:
        time_zone(open_course(root))
    assert (raised.value.fault, raised.value.details["zone"]) == (FaultKind.BAD_TIME_ZONE, name)
    assert nearest in raised.value.details["known"]
