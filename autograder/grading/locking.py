"""One command at a time writes to a course; the second is told who is at work, on which machine and since when."""

import getpass
import hashlib
import os
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TextIO

from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import URL, Connection

from autograder.faults import CourseFault, course_fault
from autograder.grading.course import Course
from autograder.grading.database import database_faults, url_of
from autograder.kinds import FaultKind

LOCK = "gradebook.db.lock"
MOST_LETTERS = 16  # of a user's or machine's name: PostgreSQL keeps 63 bytes of what a connection is called
AT_WORK = re.compile(r"(?P<user>.+)@(?P<machine>.+) (?P<pid>\d+) (?P<since>\S+Z)")
TRY = text("SELECT pg_try_advisory_lock(:key)")
WHO = text(
    "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)"
    " WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND datname = current_database()"
    " AND (classid::bigint << 32 | objid::bigint) = :key"
)
# A machine that is gone, or a network, holds the lock for minutes and not for hours.
KEEPALIVE = text("SET tcp_keepalives_idle = 60; SET tcp_keepalives_interval = 15; SET tcp_keepalives_count = 4")


@dataclass(frozen=True)
class AtWork:
    """Who has the course, by the clock of whoever asks."""

    user: str = "?"
    machine: str = "?"
    pid: str = "?"
    since: str = "?"


@contextmanager
def sole_writer(course: Course) -> Iterator[Course]:
    """The course, to which no other command writes while this lasts; CourseFault where one does already.

    In PostgreSQL the lock is the database's, as machines may share it and no folder; else a file's in the course.
    """
    url = url_of(course)
    with _locked_database(course, url) if url.get_backend_name() == "postgresql" else _locked_folder(course):
        yield course


@contextmanager
def _locked_folder(course: Course) -> Iterator[None]:
    if sys.platform == "win32":  # has no such locks
        yield
        return
    import fcntl

    with course_fault(FaultKind.NOT_WRITTEN, LOCK):
        lock = (course.root / LOCK).open("a+", encoding="utf-8")
    with lock:
        try:
            # Of this process alone, and not of those that it forks: they may outlive it for a moment.
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError) as error:
            lock.seek(0)
            raise _at_work(lock.read()) from error
        _rewrite(lock, _ourselves())
        yield


def _rewrite(file: TextIO, line: str) -> None:
    file.truncate(0)
    file.write(line)
    file.flush()


@contextmanager
def _locked_database(course: Course, url: URL) -> Iterator[None]:
    """For as long as a connection of its own lives: the server ends it with the process that has it."""
    key = _key(course.directory().course_id)
    engine = create_engine(
        url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args={"application_name": _ourselves()}
    )
    with database_faults(course):
        connection = engine.connect()
    with connection:
        with database_faults(course):
            _take(connection, key)
        yield


def _take(connection: Connection, key: int) -> None:
    connection.execute(KEEPALIVE)
    if not connection.scalar(TRY, {"key": key}):
        raise _at_work(connection.scalar(WHO, {"key": key}) or "")


def _key(course_id: str) -> int:
    """What the lock of a course is called among those of its database: a number of 63 bits."""
    return int.from_bytes(hashlib.sha256(f"autograder {course_id}".encode()).digest()[:8]) >> 1


def _ourselves() -> str:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # in a container with a user of no name
        user = str(os.getuid())
    machine = socket.gethostname().partition(".")[0]
    return f"{user[:MOST_LETTERS]}@{machine[:MOST_LETTERS]} {os.getpid()} {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _at_work(line: str) -> CourseFault:
    """The fault that names whoever wrote the line; with question marks where it tells nothing."""
    found = AT_WORK.fullmatch(line)
    who = AtWork()
    if found:
        since = f"{datetime.fromisoformat(found['since']).astimezone():%Y-%m-%d %H:%M:%S %Z}"
        who = AtWork(found["user"], found["machine"], found["pid"], since)
    return CourseFault(FaultKind.ALREADY_GRADING, **asdict(who))
