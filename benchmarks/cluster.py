"""How fast a class is marked by so many workers of a cluster on this machine, and what the driver's share is.

python benchmarks/cluster.py            writes benchmarks/cluster.md and benchmarks/cluster.svg
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import matplotlib.pyplot as plt
import psutil
from classes import ASSIGNMENTS, make_class
from marking import ENVIRONMENT
from pages import write_page

REPORT, PLOT = (Path(__file__).with_suffix(suffix) for suffix in (".md", ".svg"))
LARGE = 100_000  # students of the class that is reckoned with


@dataclass(frozen=True)
class Run:
    """Submissions marked after the first, in so many seconds, of which the driver itself computed some."""

    submissions: int
    seconds: float
    drivers: float
    start: float

    @property
    def a_minute(self) -> float:
        return 60 * self.submissions / self.seconds

    @property
    def drivers_ms(self) -> float:
        return 1000 * self.drivers / self.submissions


def run(students: int, *options: str) -> Run:
    """`autograder grade` with these options, on a class of its own."""
    with tempfile.TemporaryDirectory() as folder:
        assignment = ASSIGNMENTS[0]
        make_class(Path(folder), 2 * students)  # half of them did the other assignment
        command = [sys.executable, "-u", "-m", "autograder", "grade", assignment, *options]
        begin, moments, computed = time.monotonic(), [], []
        with subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as running:
            driver = psutil.Process(running.pid)
            for line in running.stdout:
                if f"/{students} " in line:
                    moments.append(time.monotonic())
                    computed.append(sum(driver.cpu_times()[:2]))
    return Run(len(moments) - 1, moments[-1] - moments[0], computed[-1] - computed[0], moments[0] - begin)


def drawn(rates: dict[int, float]) -> None:
    figure, axes = plt.subplots(figsize=(5, 3), layout="constrained")
    axes.plot(list(rates), list(rates.values()), marker="o")
    axes.set(xlabel="workers", ylabel="submissions a minute", xticks=list(rates), ylim=(0, None))
    figure.savefig(PLOT, metadata={"Date": None})


def report(students: int, workers: list[int]) -> Iterator[str]:
    """The lines of the report."""
    load = os.getloadavg()[0]
    runs = {"one machine, `--jobs 1`": run(students, "--jobs", "1")}
    on_cluster = {number: run(students, "--cluster", f"local:{number}") for number in workers}
    drawn({number: each.a_minute for number, each in on_cluster.items()})
    runs |= {f"`--cluster local:{number}`": each for number, each in on_cluster.items()}
    yield "# How fast a cluster marks a class"
    yield ""
    yield f"Written by `python benchmarks/cluster.py`: {students} submissions to `{ASSIGNMENTS[0]}`, made of"
    yield f"`tests/answers`, marked by workers that are all on one machine of {os.cpu_count()} cores, which they share"
    yield "with the driver; the full sandbox. More machines than one were not measured. Before it began, other programs"
    yield f"gave the machine a load of {load:.1f}: what that took away, the rates lack, and what rests on them below."
    yield ""
    yield "| | submissions a minute, after the first | driver, ms a submission | first mark after, s |"
    yield "|---|---|---|---|"
    for name, each in runs.items():
        yield f"| {name} | {each.a_minute:.0f} | {each.drivers_ms:.0f} | {each.start:.1f} |"
    yield ""
    yield "![Submissions a minute against workers](cluster.svg)"
    yield ""
    yield f"## A class of {LARGE:,}, on paper"
    yield ""
    one = on_cluster[workers[0]]
    most = 60_000 / one.drivers_ms
    hours = LARGE / one.a_minute / 60
    yield f"One worker takes {60 / one.a_minute:.2f} s a submission: {hours:.0f} core hours for all."
    yield f"The driver alone reads and writes, and computes for {one.drivers_ms:.0f} ms a submission. So no cluster"
    yield f"marks more than {most:.0f} a minute, workers beyond {most / one.a_minute:.0f} are of no use, and the class"
    yield f"takes {LARGE / most / 60:.1f} h at the least."


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--students", type=int, default=200)
    arguments.add_argument("--workers", type=int, nargs="+", default=[1, 2, 3, 4])
    options = arguments.parse_args()
    write_page(REPORT, report(options.students, options.workers))


if __name__ == "__main__":
    main()
