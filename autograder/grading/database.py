"""The database that holds the gradebook, SQLite's file or PostgreSQL's server: its address, and what it refuses."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbgrader.api import InvalidEntry
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, SQLAlchemyError

from autograder.faults import CourseFault, SubmissionFault
from autograder.grading.course import Course
from autograder.kinds import FaultKind

SECONDS_TO_WAIT = 60  # for another program to write what it writes; formgrader takes a moment for a mark
REFUSED = re.compile(r"\((?P<kind>(?:sqlite3|psycopg2?)\.[\w.]+)\) (?P<said>.+)")
# We look before we write; so what is there already, another program has put there in between.
SECOND_WRITER = re.compile(
    "database is locked|already exists|UNIQUE constraint failed|violates unique constraint|lock timeout"
)
FORBIDDEN = re.compile("readonly database|unable to open database file|read-only transaction|permission denied")
GONE = ("OperationalError", "AdminShutdown", "CannotConnectNow")  # how a server says, or does not, that it isn't there
# What one submission meets and each other would:
FOR_EVERYONE = (FaultKind.GRADEBOOK_BUSY, FaultKind.NO_DATABASE, FaultKind.LOCKED_GRADEBOOK)


def url_of(course: Course) -> URL:
    """Where the gradebook is; CourseFault where that is no address, or nothing installed here can reach it."""
    try:
        url = make_url(course.db_url)
        url.get_dialect().import_dbapi()
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        found = course.db_url.partition(":")[0]  # what follows may hold a password
        raise CourseFault(FaultKind.BAD_DB_URL, found=found, error=str(error).split("\n")[0]) from error
    return url


def patient(url: URL) -> str:
    """The address for nbgrader, with how long to wait for another program's transaction."""
    settings = {
        "sqlite": {"timeout": str(SECONDS_TO_WAIT)},
        "postgresql": {"options": f"-c lock_timeout={SECONDS_TO_WAIT}s"},
    }.get(url.get_backend_name(), {})
    return url.update_query_dict(settings | dict(url.query)).render_as_string(hide_password=False)


def file_of(course: Course) -> Path | None:
    """The file of a gradebook in SQLite; None for one on a server."""
    url = url_of(course)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def beside_gradebook(course: Course, name: str) -> Path:
    """A file beside the gradebook; or in the course's folder, where the gradebook is no file."""
    file = file_of(course)
    return file.with_name(name) if file else course.root / name


def address_of(course: Course) -> str:
    """Where the gradebook is, without a password."""
    return str(file_of(course) or url_of(course).render_as_string())


@contextmanager
def database_faults(course: Course) -> Iterator[None]:
    """What the database refuses is a CourseFault."""
    try:
        yield
    except (SQLAlchemyError, InvalidEntry) as error:  # InvalidEntry is how nbgrader passes it on
        if fault := fault_of_database(course, str(error)):
            raise fault from error
        raise


@contextmanager
def faults_of_one(course: Course) -> Iterator[None]:
    """What the database refuses of one submission is its fault, but for what it would refuse of every other."""
    try:
        yield
    except (SQLAlchemyError, InvalidEntry) as error:
        fault = fault_of_database(course, str(error))
        same_entry = isinstance(error, IntegrityError)  # as another program has just made: nobody else's is in the way
        if fault and fault.fault in FOR_EVERYONE and not same_entry:
            raise fault from error
        raise SubmissionFault(FaultKind.GRADEBOOK, error=str(error).split("\n")[0]) from error


def fault_of_database(course: Course, said: str) -> CourseFault | None:
    """What the database refused, if that is in what was said."""
    refused = list(REFUSED.finditer(said))
    if not refused:
        return None
    last = refused[-1]
    if SECOND_WRITER.search(last["said"]):
        kind = FaultKind.GRADEBOOK_BUSY
    elif FORBIDDEN.search(last["said"]):
        kind = FaultKind.LOCKED_GRADEBOOK
    elif not last["kind"].startswith("sqlite3") and last["kind"].endswith(GONE):
        kind = FaultKind.NO_DATABASE
    else:
        kind = FaultKind.BAD_GRADEBOOK
    return CourseFault(kind, file=address_of(course), error=last["said"])
