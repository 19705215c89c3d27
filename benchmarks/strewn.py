"""A class of 200 in which 40 submissions are spoilt, against the same class unspoilt: seconds, and most memory.

python benchmarks/strewn.py [--students 200] [--spoilt 40]
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from classes import REPOSITORY
from marking import ENVIRONMENT, driver_and_workers, memory

sys.path.insert(0, str(REPOSITORY / "tests"))
from grading.test_class import ASSIGNMENT, make_class
from grading.test_strewn_class import make_strewn_class

LOOK_SECONDS = 0.2


def marked(root: Path, jobs: int) -> tuple[float, float, float]:
    """Seconds, and the most MB that driver and workers took together, and with the students' processes."""
    command = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT, "--jobs", str(jobs)]
    begin, ours, all_of_it = time.monotonic(), 0.0, 0.0
    with (
        (root / "said.txt").open("wb") as said,
        subprocess.Popen(command, cwd=root, env=ENVIRONMENT, stdout=said) as run,
    ):
        while run.poll() is None:
            driver = psutil.Process(run.pid)
            ours = max(ours, memory(driver_and_workers(driver)))
            all_of_it = max(all_of_it, memory([driver, *driver.children(recursive=True)]))
            time.sleep(LOOK_SECONDS)
    return time.monotonic() - begin, ours, all_of_it


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--students", type=int, default=200)
    arguments.add_argument("--spoilt", type=int, default=40)
    arguments.add_argument("--jobs", type=int, default=2)
    options = arguments.parse_args()
    for name in ("unspoilt", "spoilt"):
        folder = Path(tempfile.mkdtemp(prefix="strewn-"))
        try:
            if name == "spoilt":
                make_strewn_class(folder, options.students - options.spoilt, options.spoilt)
            else:
                make_class(folder, options.students)
            seconds, ours, everything = marked(folder, options.jobs)
            print(f"{name}: {seconds:.0f} s; driver and workers {ours:.0f} MB, all processes {everything:.0f} MB")
            print((folder / "said.txt").read_text(encoding="utf-8")[-600:] if name == "spoilt" else "", flush=True)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
