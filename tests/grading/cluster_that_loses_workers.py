"""Marking on a cluster: the same marks, whoever of it is lost; and who takes no part is named, with the reason.

Run by `make cluster`: what it waits for, as a worker that dask starts anew, may not come on a busy machine.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from shutil import copytree

import psutil
import pytest
from distributed import Client, Nanny, Scheduler, SpecCluster, Worker

from autograder.grading import CourseFault, Limits, Machines, Marked, Result, carry_out, open_course, plan
from autograder.kinds import FaultKind
from autograder.process.sandbox import bubblewrap
from autograder.process.warm import Zygote
from grading.small_course import answered, bare_environment, grade, hand_in, make_course, source_notebook, write
from grading.test_class import ASSIGNMENT, make_class, rows

STUDENTS = 8
BWRAP = """#!{python}
import os, sys
if os.path.exists({broken!r}):
    sys.exit("no namespaces today")
os.execv({bubblewrap!r}, [{bubblewrap!r}, *sys.argv[1:]])
"""


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a bubblewrap that works as long as there is no file `broken` beside it."""
    script = tmp_path_factory.mktemp("bin") / "bwrap"
    broken = str(script.parent / "broken")
    script.write_text(BWRAP.format(python=sys.executable, broken=broken, bubblewrap=str(bubblewrap())))
    script.chmod(0o755)
    return script.parent


@pytest.fixture(scope="module")
def cluster(sandbox: Path) -> Iterator[SpecCluster]:
    """Anna and Boris, each a process; his sandbox may break. And a worker that would mark two submissions at a time."""
    path = f"{sandbox}:{os.environ['PATH']}"
    workers = {
        "anna": {"cls": Nanny, "options": {"nthreads": 1}},
        "boris": {"cls": Nanny, "options": {"nthreads": 1, "env": {"PATH": path}}},
        "double": {"cls": Worker, "options": {"nthreads": 2, "dashboard": False}},
    }
    scheduler = {"cls": Scheduler, "options": {"dashboard": False, "port": 0}}
    with SpecCluster(workers, scheduler, silence_logs="CRITICAL") as started:
        yield started


def process(cluster: SpecCluster, name: str) -> psutil.Process:
    """The process of a worker."""
    with Client(cluster, set_as_default=False) as client:
        (address,) = (where for where, info in client.scheduler_info()["workers"].items() if info["name"] == name)
        return psutil.Process(client.run(os.getpid, workers=[address])[address])


@pytest.fixture
def broken(sandbox: Path) -> Iterator[Path]:
    """The file that breaks Boris's sandbox, once it is there."""
    file = sandbox / "broken"
    yield file
    file.unlink()


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    root = make_course(tmp_path / "course")
    for number in range(9):
        hand_in(root, f"student{number}", answered(half=f"def half(n):\n    return n / 2 * {number % 2}"))
    return root


def marking(root: Path, machines: Machines | None, zygote: Zygote, assignment: str = "sums") -> Iterator[Result]:
    return carry_out(plan(open_course(root).assignment(assignment), force=True), zygote, 2, machines=machines)


def autograded(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in (root / "autograded").rglob("*.ipynb")}


def test_a_worker_that_is_killed_changes_no_mark_and_is_named(tmp_path, zygote, request, monkeypatch):
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    here, there = tmp_path / "here", tmp_path / "there"
    loses = make_class(here, STUDENTS)
    assert len(list(marking(here, None, zygote, ASSIGNMENT))) == STUDENTS
    copytree(here, there)  # with the seeds, by which each is asked the same again

    cluster = request.getfixturevalue("cluster")  # it has threads, which the fork above must not
    anna, machines, results = process(cluster, "anna"), Machines(cluster.scheduler_address), []
    for result in marking(there, machines, Zygote(Limits(), modules=("autograder.checks",)), ASSIGNMENT):
        results.append(result)
        if len(results) == 2:
            anna.kill()

    assert sorted((result.student, result.why) for result in results) == [(each, "forced") for each in loses]
    assert len(machines.lost) == 1
    refused = {fault.fault for fault in machines.refused.values()} - {FaultKind.NOT_READY}  # or Anna was, again
    assert refused == {FaultKind.SEVERAL_THREADS}
    assert autograded(there) == autograded(here)
    assert rows(there) == rows(here)


def test_a_class_is_marked_though_one_worker_loses_its_sandbox_and_the_last_one_is_killed_and_comes_again(
    cluster, course, broken
):
    anna, boris = process(cluster, "anna"), process(cluster, "boris")
    machines, results = Machines(cluster.scheduler_address), []
    for result in marking(course, machines, Zygote(Limits(), modules=("autograder.checks",))):
        results.append(result)
        if len(results) == 1:
            broken.touch()
            for each in boris.children():
                each.kill()
        if len(results) == 5:
            anna.kill()

    assert {result.student for result in results if isinstance(result, Marked)} == {f"student{n}" for n in range(9)}
    assert FaultKind.CANNOT_START in {fault.fault for fault in machines.refused.values()}
    assert len(machines.lost) == 1


def test_a_second_run_goes_on_where_a_driver_was_killed_and_names_who_takes_no_part(cluster, course, broken):
    broken.touch()
    command = [sys.executable, "-u", "-m", "autograder", "grade", "sums", "--cluster", cluster.scheduler_address]
    with subprocess.Popen(command, cwd=course, env=bare_environment(), stdout=subprocess.PIPE, text=True) as driver:
        assert next(line for line in driver.stdout if "/9 " in line).startswith("1/9 ")
        driver.kill()
    code, said = grade(course, "--cluster", cluster.scheduler_address)

    assert code == 0, said
    counts = re.search(r"new: (\d+) · unchanged, marks kept: (\d+)", said)
    assert sum(map(int, counts.groups())) == 9 and int(counts[2]) >= 1
    assert "machines: 1, workers: 1" in said
    assert re.search(r"✗ tcp://\S+: students' code can't be run in the sandbox .* no namespaces today", said), said
    assert re.search(r"✗ tcp://\S+: this worker has 2 threads, and takes no part", said), said


def test_where_all_are_of_another_version_nobody_is_marked(cluster, course, monkeypatch):
    installed, machines = metadata.version, Machines(cluster.scheduler_address)
    monkeypatch.setattr(metadata, "version", lambda name: "9.9" if name == "nbgrader" else installed(name))
    with pytest.raises(CourseFault) as raised:
        list(marking(course, machines, Zygote(Limits(), modules=("autograder.checks",))))

    assert raised.value.fault == FaultKind.NO_WORKERS
    told = sorted((refusal.fault, *refusal.details.values()) for refusal in machines.refused.values())
    another = (FaultKind.OTHER_VERSION, f"nbgrader 9.9 → {installed('nbgrader')}")
    assert told == [another, another, (FaultKind.SEVERAL_THREADS, "2")]


def test_who_lacks_what_a_test_needs_takes_no_part(cluster, course, monkeypatch):
    (course.parent / "only_here.py").touch()
    monkeypatch.syspath_prepend(course.parent)
    source = source_notebook()
    next(cell for cell in source.cells if cell.id == "given").source = "import only_here\nx = 3"
    write(source, course / "source" / "sums" / "sums.ipynb")
    machines = Machines(cluster.scheduler_address)
    with pytest.raises(CourseFault, match=FaultKind.NO_WORKERS):
        list(marking(course, machines, Zygote(Limits(), modules=("autograder.checks",))))

    told = {refusal.fault: refusal.details for refusal in machines.refused.values()}
    assert told[FaultKind.CELL_ON_WORKER] == {
        "cell": "given", "notebook": "sums.ipynb", "error": "ModuleNotFoundError: No module named 'only_here'"
    }  # fmt: skip
