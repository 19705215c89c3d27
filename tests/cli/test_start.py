"""What the commands import: PyTorch, which takes longer than all they do, is for those that mark."""

import os
import subprocess
import sys

from grading.small_course import answered, bare_environment, grade, hand_in, make_course

WITHOUT_TORCH = """
import sys
sys.modules["torch"] = None  # to import it is an error

from autograder.cli import main

for line in sys.stdin:
    try:
        main.main(line.split(), standalone_mode=False)
        code = 0
    except SystemExit as ended:
        code = ended.code
    print("code", line.split()[0], code)
"""


def test_who_does_not_mark_does_not_import_pytorch(tmp_path):
    course = make_course(tmp_path / "course")
    hand_in(course, "anna", answered())
    assert grade(course)[0] == 0
    (tmp_path / "class.csv").write_text("login,last name,first name\nanna,Petrova,Anna\n")
    (tmp_path / "download" / "boris").mkdir(parents=True)
    (tmp_path / "download" / "boris" / "sums.ipynb").write_bytes(
        (course / "submitted" / "anna" / "sums" / "sums.ipynb").read_bytes()
    )
    commands = [
        "roster ../class.csv", "due sums 2026-11-05", "collect sums ../download", "report sums --json",
        "report sums", "export sums --to csv --partial", "moves sums", "doctor --help", "grade --help",
    ]  # fmt: skip

    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH], cwd=course, env=bare_environment(), input=os.linesep.join(commands),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip

    codes = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("code ")]
    assert codes == [[each.split()[0], "0"] for each in commands], done.stdout
