"""Marking on a cluster: the same marks, whoever of it is killed; and who takes no part is named, with the reason.

The class has as many students as a kill in the middle needs; `make cluster` takes a large one, and kills more.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from distributed import Client, Nanny, Scheduler, SpecCluster, Worker

from autograder.process.sandbox import bubblewrap
from grading.small_course import bare_environment
from grading.test_class import GRADE, grade, make_class, rows

STUDENTS = 12
BWRAP = """#!{python}
import os, sys
if os.path.exists({broken!r}):
    sys.exit("no namespaces today")
os.execv({bubblewrap!r}, [{bubblewrap!r}, *sys.argv[1:]])
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SpecCluster]:
    """Two workers that can mark, one that has no sandbox, and one that would mark two submissions at a time."""
    able = {"cls": Nanny, "options": {"nthreads": 1}}
    folder = breakable_sandbox(tmp_path_factory.mktemp("bin"))
    (folder / "broken").touch()
    workers = {
        "anna": able,
        "boris": able,
        "bare": {"cls": Nanny, "options": {"nthreads": 1, "env": {"PATH": f"{folder}:{os.environ['PATH']}"}}},
        "double": {"cls": Worker, "options": {"nthreads": 2, "dashboard": False}},
    }
    scheduler = {"cls": Scheduler, "options": {"dashboard": False, "port": 0}}
    with SpecCluster(workers, scheduler, silence_logs="CRITICAL") as started:
        yield started


def breakable_sandbox(folder: Path) -> Path:
    """A folder with a bubblewrap that works as long as there is no file `broken` beside it."""
    script = folder / "bwrap"
    script.write_text(BWRAP.format(python=sys.executable, broken=str(folder / "broken"), bubblewrap=str(bubblewrap())))
    script.chmod(0o755)
    return folder


def processes(cluster: SpecCluster) -> dict[str, int]:
    """The process of each worker."""
    with Client(cluster, set_as_default=False) as client:
        names = {info["name"]: address for address, info in client.scheduler_info()["workers"].items()}
        found = client.run(os.getpid)
        return {name: found[address] for name, address in names.items()}


def autograded(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in (root / "autograded").rglob("*.ipynb")}


def test_a_worker_that_is_killed_changes_no_mark_and_is_named(cluster, tmp_path):
    make_class(tmp_path / "here", STUDENTS)
    grade(tmp_path / "here")
    copytree(tmp_path / "here", tmp_path / "there")
    victim = processes(cluster)["anna"]

    command = [sys.executable, "-u", *GRADE[1:3], "--language", "en", *GRADE[3:]]
    with subprocess.Popen(
        [*command, "--force", "--cluster", cluster.scheduler_address],
        cwd=tmp_path / "there", env=bare_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as driver:  # fmt: skip
        said = ""
        for line in driver.stdout:
            said += line
            if line.startswith(f" 3/{STUDENTS}"):
                os.kill(victim, signal.SIGKILL)

    assert f"by --force: {STUDENTS}\n" in said
    assert re.search(r"! tcp://\S+ was lost", said), said
    assert re.search(r"✗ tcp://\S+: students' code can't be run in the sandbox .*no namespaces today", said), said
    assert re.search(r"✗ tcp://\S+: this worker has 2 threads", said), said
    assert autograded(tmp_path / "there") == autograded(tmp_path / "here") != {}
    assert rows(tmp_path / "there") == rows(tmp_path / "here") != []
