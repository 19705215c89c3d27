"""The types of the package agree: beside other tests, since mypy takes long where it has not run before."""

import subprocess
import sys
from pathlib import Path


def test_types_agree():
    command = [sys.executable, "-m", "mypy", "--no-error-summary"]
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
