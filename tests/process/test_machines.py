"""Machines other than the one that the tests run on: whoever marks there, and whatever is refused."""

import subprocess
import sys
from pathlib import Path

import pytest
from grading.small_course import answered, hand_in, make_course

from autograder.grading import CourseFault, carry_out, open_course, plan
from autograder.process.limits import Limits
from autograder.process.sandbox import bubblewrap
from autograder.process.warm import Zygote

HARDENED = """#!{python}
import os, sys
options = "\\0".join(sys.argv[1:]).replace({withheld!r}, {given!r}).split("\\0")
os.execv({bubblewrap!r}, [{bubblewrap!r}, *options])
"""
WITHHELD = {
    "no namespaces": ("CAP_SYS_ADMIN", "CAP_NET_RAW", "setns: "),
    "nowhere to mount": (
        "--dev\0/dev",
        "--tmpfs\0/dev\0--dev-bind\0/dev/null\0/dev/null\0--dev-bind\0/dev/urandom\0/dev/urandom",
        "mount: ",
    ),
}


def test_the_sandbox_holds_for_somebody_who_is_not_root():
    somebody = [bubblewrap(), "--unshare-user", "--uid", "1000", "--gid", "1000", "--dev-bind", "/", "/"]
    doctor = [sys.executable, "-m", "autograder", "--language", "en", "doctor"]
    done = subprocess.run([*somebody, *doctor], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("[ OK ] sandbox: ") == 10


@pytest.mark.parametrize(("withheld", "given", "reason"), WITHHELD.values(), ids=WITHHELD)
def test_where_a_process_can_not_be_confined_nobody_is_marked(withheld, given, reason, tmp_path: Path, monkeypatch):
    wrapper = tmp_path / "bin" / "bwrap"
    wrapper.parent.mkdir()
    wrapper.write_text(HARDENED.format(python=sys.executable, withheld=withheld, given=given, bubblewrap=bubblewrap()))
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", str(wrapper.parent), prepend=":")
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    root = make_course(tmp_path / "course")
    hand_in(root, "anna", answered())
    course = open_course(root)

    with Zygote(Limits()) as zygote, pytest.raises(CourseFault) as raised:
        list(carry_out(plan(course.assignment("sums")), zygote))

    assert raised.value.fault == "cannot_start"
    assert reason in raised.value.details["error"]
    assert [student for student, _why in plan(course.assignment("sums")).to_mark] == ["anna"]
