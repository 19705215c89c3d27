"""A copy of the gradebook, in which a rehearsal may write."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

from nbgrader.api import Base
from sqlalchemy import NullPool, create_engine, insert, inspect, select

from autograder.faults import CourseFault
from autograder.grading.course import Course
from autograder.grading.database import database_faults, file_of, url_of
from autograder.kinds import FaultKind


@contextmanager
def copy_of_gradebook(course: Course) -> Iterator[Course]:
    """The course with a copy of its gradebook, in SQLite, and of nothing else, for as long as this lasts."""
    file = file_of(course)
    with tempfile.TemporaryDirectory() as folder:
        config = deepcopy(course.config)
        config.CourseDirectory.db_url = f"sqlite:///{Path(folder, 'gradebook.db')}"
        copy = replace(course, config=config)
        if file is None:
            _copy_tables(course, copy)
        elif file.exists():
            _copy_file(file, Path(folder, "gradebook.db"))
        yield copy


def _copy_file(file: Path, copy: Path) -> None:
    try:
        with closing(sqlite3.connect(file)) as original, closing(sqlite3.connect(copy)) as copied:
            original.backup(copied)
    except sqlite3.DatabaseError as error:
        raise CourseFault(FaultKind.BAD_GRADEBOOK, file=str(file), error=str(error)) from error


def _copy_tables(course: Course, copy: Course) -> None:
    """All rows of nbgrader's tables, as they were at one moment; none where there is no gradebook yet."""
    original = create_engine(url_of(course), poolclass=NullPool, isolation_level="REPEATABLE READ")
    copied = create_engine(copy.db_url, poolclass=NullPool)
    with database_faults(course), original.connect() as reading, copied.begin() as writing:
        there = inspect(reading).get_table_names()
        if there:
            Base.metadata.create_all(writing)
        for table in Base.metadata.sorted_tables:
            if table.name in there and (rows := reading.execute(select(table)).mappings().all()):
                writing.execute(insert(table), [dict(row) for row in rows])
