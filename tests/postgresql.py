"""A PostgreSQL server of the tests' own: in a folder that goes with it, on a socket there, and on no network."""

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

DEBIAN = "/usr/lib/postgresql"  # where it keeps each version's programs, off the PATH
ACCOUNT = "postgres"  # for a server that won't run as root


@dataclass(frozen=True)
class Server:
    """A running server; its socket is in the folder."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def new_database(self) -> str:
        """The address of an empty one."""
        name = f"gradebook{next(self._numbers)}"
        with psycopg.connect(f"host={self.folder} user=convlab dbname=postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://convlab@/{name}?host={self.folder}"


def programs() -> Path | None:
    """The folder that holds the server's programs, of its newest version if it is Debian's."""
    found = shutil.which("pg_ctl")
    debians = sorted(Path(os.environ.get("POSTGRESQL_HOME", DEBIAN)).glob("*/bin/pg_ctl"), key=_version)
    return debians[-1].parent if debians else found and Path(found).parent


def _version(program: Path) -> float:
    return float(program.parents[1].name)


@contextmanager
def server(programs: Path) -> Iterator[Server]:
    as_other = ["setpriv", f"--reuid={ACCOUNT}", f"--regid={ACCOUNT}", "--clear-groups"] if os.getuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="convlab-"))  # pytest's own could not be entered by another account

    def run(program: str, *arguments: str) -> None:
        command = [*as_other, programs / program, "-D", folder / "data", *arguments]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    try:
        if as_other:
            shutil.chown(folder, ACCOUNT)
        run("initdb", "--username=convlab", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        switches = f"-k {folder} -c listen_addresses='' -c fsync=off"
        run("pg_ctl", "start", "--wait", "--timeout=600", f"--log={folder}/log", f"--options={switches}")
        try:
            yield Server(folder)
        finally:
            run("pg_ctl", "stop", "--wait", "--timeout=600", "--mode=fast")
    finally:
        shutil.rmtree(folder)
