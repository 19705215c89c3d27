"""`grade --cluster`: the same marks as on one machine; where no cluster is, that is said."""

import subprocess
import sys
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
    done = grade_apart(course, "--force", "--cluster", "local:2")
    assert (done.returncode, done.stderr) == (0, "")
    assert "by --force: 4" in done.stdout
    assert autograded(course) == here


def test_an_address_without_a_cluster_is_a_fault(course):
    done = grade_apart(course, "--cluster", "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert "✗ The cluster at tcp://127.0.0.1:9 can't be used: " in done.stdout
