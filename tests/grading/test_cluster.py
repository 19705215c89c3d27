"""`grade --cluster`: the same marks as on one machine; where no cluster is, or none is left, that is said."""

import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from grading.small_course import answered, bare_environment, grade, hand_in, make_course


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = make_course(tmp_path / "course")
    for number in range(4):
        hand_in(root, f"student{number}", answered(half=f"def half(n):\n    return n / 2 * {number % 2}"))
    return root


def grade_apart(course: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own: dask leaves threads behind, with which the workers of later tests may not be forked."""
    command = [sys.executable, "-m", "autograder", "--language", "en", "grade", "sums", *options]
    patience = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "100ms"} if "tcp" in options[-1] else {}
    return subprocess.run(command, cwd=course, env=bare_environment() | patience, capture_output=True, text=True)


def autograded(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in (root / "autograded").rglob("*.ipynb")}


def test_two_workers_write_what_one_machine_writes(course):
    assert grade(course)[0] == 0
    here = autograded(course)
    with socket.socket() as of_another_cluster:
        with suppress(OSError):  # there is one
            of_another_cluster.bind(("", 8787))
        done = grade_apart(course, "--force", "--cluster", "local:2")
    assert (done.returncode, done.stderr) == (0, "")
    assert "by --force: 4" in done.stdout
    assert autograded(course) == here


def test_an_address_without_a_cluster_is_a_fault(course):
    done = grade_apart(course, "--cluster", "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert "✗ The cluster at tcp://127.0.0.1:9 can't be used: " in done.stdout


def test_what_is_no_number_of_workers_is_named(course):
    code, said = grade(course, "--cluster", "local:two")
    assert code == 2
    assert "✗ local:two is no cluster: behind `local:` stands how many workers to start." in said


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen]]:
    """Starts a program of dask's, which is ended with the test."""
    with ExitStack() as ended:

        def started(what: str, *options: str) -> subprocess.Popen:
            command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard", *options]
            program = subprocess.Popen(command, env=bare_environment(), stderr=subprocess.PIPE, text=True)
            ended.enter_context(program)
            ended.callback(program.kill)
            return program

        yield started


@pytest.fixture
def scheduler(start) -> tuple[subprocess.Popen, str]:
    """A scheduler without workers, and its address."""
    program = start("scheduler", "--host", "127.0.0.1", "--port", "0")
    said = next(found for line in program.stderr if (found := re.search(r"Scheduler at:\s+(\S+)", line)))
    return program, said[1]


def driver(course: Path, *command: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-u", *command], cwd=course, env=bare_environment(),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def grading(course: Path, *options: str) -> subprocess.Popen:
    return driver(course, "-m", "autograder", "--language", "en", "grade", "sums", *options)


LOSING = """
import os, signal, sys
from pathlib import Path
from autograder.grading import Limits, Machines, Marked, carry_out, open_course, plan
from autograder.process.warm import Zygote

address, worker = sys.argv[1:]
machines = Machines(address)
for result in carry_out(plan(open_course(Path.cwd()).assignment("sums")), Zygote(Limits(), modules=("autograder.checks",)), machines=machines):
    print(result.student, "marked" if isinstance(result, Marked) else result.fault)
    machines.patience = 0
    if len(machines.marking) == 1 and worker:
        os.kill(int(worker), signal.SIGKILL)
        worker = ""
"""


@pytest.mark.sampled(one_in=3, corpus="losses of a cluster")
def test_where_no_worker_is_left_what_is_marked_is_kept_and_the_rest_is_named(course, start, scheduler):
    worker = start("worker", scheduler[1], "--nthreads", "1", "--no-nanny")
    with driver(course, "-c", LOSING, scheduler[1], str(worker.pid)) as program:
        said = program.stdout.read()
    assert program.returncode == 0, said
    found = dict(line.split() for line in said.splitlines())
    assert sorted(found) == ["student0", "student1", "student2", "student3"]
    kept = list(found.values()).count("marked")
    assert kept in (1, 2)  # it had been given the next
    assert list(found.values()).count("no_worker_left") == 4 - kept
    code, told = grade(course)
    assert code == 0 and f"new: {4 - kept} · unchanged, marks kept: {kept}" in told


def test_where_no_worker_comes_each_is_named_and_so_is_the_command_to_go_on(course, scheduler):
    address = scheduler[1]
    with grading(course, "--cluster", address, "--force", "--worker-timeout", "0") as program:
        said = program.stdout.read()
    assert program.returncode == 1
    assert "waiting for workers: 0 s at the most" in said
    assert "✗ student0, student1, student2, student3: not marked: for 0 seconds no worker at" in said
    assert f"To go on from here: `autograder grade sums --cluster {address} --worker-timeout 0.0`" in said


@pytest.mark.sampled(one_in=3, corpus="losses of a cluster")
@pytest.mark.parametrize("moment", ["waiting for workers", "/4 "])
def test_a_scheduler_that_ends_ends_the_run(course, start, scheduler, moment):
    program, address = scheduler
    if moment == "/4 ":
        start("worker", address, "--nthreads", "1", "--no-nanny")
    with grading(course, "--cluster", address) as running:
        assert any(moment in line for line in running.stdout)
        program.kill()
        rest = running.stdout.read()
    assert running.returncode == 2, rest
    assert f"✗ The cluster at {address} can't be used: the connection was lost." in rest
