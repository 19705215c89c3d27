"""A class marked on a cluster whose workers are killed at random gets what one machine gives it, undisturbed.

Run by `make cluster`, which takes long; a small class and one kill are in `cluster_that_loses_workers.py`. Each worker is a command
with a folder and a copy of the grader of its own, as on a machine of its own.
"""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import copytree

import psutil
from distributed import Client

import autograder
from grading.small_course import bare_environment
from grading.test_class import ASSIGNMENT, make_class, results, rows
from grading.test_cluster import autograded

STUDENTS = int(os.environ.get("CONVLAB_CLASS", "10000"))
WORKERS, KILLS = 4, 5
MOST_MB = 50  # that the driver may grow by: the notebooks of 10,000 are over 1 GB


def running(folder: Path, *command: str) -> subprocess.Popen:
    """A command of dask's, in a folder of its own that holds its grader."""
    copytree(Path(autograder.__file__).parent, folder / "autograder")
    options = ("--no-dashboard", "--local-directory", str(folder)) if "dask_worker" in command[0] else ()
    environment = bare_environment() | {"PYTHONPATH": str(folder)}
    with (folder / "log").open("w") as log:
        return subprocess.Popen(
            [sys.executable, "-m", *command, *options], cwd=folder, env=environment, stdout=log, stderr=log
        )


def test_what_a_disturbed_cluster_gives_is_what_one_machine_gives(tmp_path):
    make_class(tmp_path / "here", STUDENTS)
    results(tmp_path / "here")
    copytree(tmp_path / "here", tmp_path / "there")  # with the seeds, by which each is asked the same again
    moments = random.Random(1)
    kills = moments.sample(range(STUDENTS // 10, STUDENTS * 9 // 10), KILLS)
    at, kept = tmp_path / "scheduler.json", {}

    with ExitStack() as ended:

        def start(name: str, *command: str) -> None:
            process = running(tmp_path / name, *command, "--scheduler-file", str(at))
            ended.callback(process.wait)
            ended.callback(process.terminate)

        start("scheduler", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard")
        for number in range(WORKERS):
            start(f"worker{number}", "distributed.cli.dask_worker", "--nthreads", "1")
        client = ended.enter_context(Client(scheduler_file=str(at), set_as_default=False))
        client.wait_for_workers(WORKERS)
        address = client.scheduler_info()["address"]
        driver = ended.enter_context(
            subprocess.Popen(
                [sys.executable, "-u", "-m", "autograder", "grade", ASSIGNMENT, "--force", "--cluster", address],
                cwd=tmp_path / "there", env=bare_environment(), stdout=subprocess.PIPE, text=True,
            )
        )  # fmt: skip
        for number, line in enumerate(marked(driver), start=1):
            if number in kills:
                victim = moments.choice(sorted(client.run(os.getpid, on_error="ignore").values()))  # one may be ending
                psutil.Process(victim).kill()
                print(f"{line}: killed {victim}")
            if number == STUDENTS // 2:
                start("late", "distributed.cli.dask_worker", "--nthreads", "1")
            if number in (STUDENTS // 10, STUDENTS):
                kept[number] = psutil.Process(driver.pid).memory_info().rss // 2**20
        print(f"the driver's memory, in MB, after so many submissions: {kept}")

    few, all_of_them = kept
    assert kept[all_of_them] - kept[few] < MOST_MB
    assert len(autograded(tmp_path / "here")) == STUDENTS
    assert autograded(tmp_path / "there") == autograded(tmp_path / "here")
    assert rows(tmp_path / "there") == rows(tmp_path / "here")
    assert exported(tmp_path / "there") == exported(tmp_path / "here")


def marked(driver: subprocess.Popen) -> Iterator[str]:
    """What the driver says of each submission."""
    for line in driver.stdout:
        if f"/{STUDENTS} " in line:
            yield line.strip()
        elif "workers" in line or "lost" in line:
            print(line, end="")


def exported(root: Path) -> bytes:
    """The table of marks that an instructor takes from the gradebook."""
    command = [sys.executable, "-m", "autograder", "export", ASSIGNMENT, "--to", "csv", "--partial"]
    subprocess.run(command, cwd=root, env=bare_environment(), check=False, capture_output=True)
    (table,) = (root / "exports").rglob("*.csv")
    return table.read_bytes()
