"""What lies in a submission's folder: links, pipes, names and dates; none of it is followed or hangs the grader."""

import os
import socket
from datetime import datetime
from pathlib import Path

import pytest
from grading.small_course import answered, grade, hand_in, make_course
from nbgrader.api import Gradebook

SECRET = f"s3cr3t-{os.urandom(8).hex()}"


@pytest.fixture
def course(tmp_path) -> Path:
    (tmp_path / "secret.txt").write_text(SECRET)
    return make_course(tmp_path / "course")


def test_a_link_in_a_submission_is_not_followed(course) -> None:
    """Nor is its target read, changed or given another mode."""
    secret = course.parent / "secret.txt"
    secret.chmod(0o600)
    reads = 'def double(n):\n    print(open("beside.txt").read())\n    return 2 * n\n\ndouble(1)'
    hand_in(course, "beside", answered(double=reads))
    (course / "submitted" / "beside" / "sums" / "beside.txt").symlink_to(secret)
    hand_in(course, "notebook", "").unlink()
    (course / "submitted" / "notebook" / "sums" / "sums.ipynb").symlink_to(course / "source" / "sums" / "sums.ipynb")
    (course / "submitted" / "folder").mkdir()
    (course / "submitted" / "folder" / "sums").symlink_to(course / "source" / "sums")
    hand_in(course, "right", answered())

    code, said = grade(course)

    assert code == 1
    assert "Traceback" not in said
    assert secret.stat().st_mode & 0o777 == 0o600
    written = [path.read_text(errors="replace") for path in (course / "autograded").rglob("*") if path.is_file()]
    assert not any(SECRET in text for text in written)
    assert marks(course) == {"beside": 1, "right": 3}


def test_a_pipe_a_device_and_a_socket_in_a_submission_do_not_hang_the_grader(course, monkeypatch) -> None:
    for student in ("pipe", "beside"):
        hand_in(course, student, answered())
    (course / "submitted" / "pipe" / "sums" / "sums.ipynb").unlink()
    os.mkfifo(course / "submitted" / "pipe" / "sums" / "sums.ipynb")
    os.mkfifo(course / "submitted" / "beside" / "sums" / "pipe")
    with socket.socket(socket.AF_UNIX) as listener, monkeypatch.context() as there:
        there.chdir(course / "submitted" / "beside" / "sums")  # the whole path may be too long for a socket's name
        listener.bind("socket")

    code, said = grade(course)

    assert code == 1 and "Traceback" not in said
    assert marks(course) == {"beside": 3}


def test_a_wrong_name_is_told(course) -> None:
    names = ["SUMS.ipynb", "sums (1).ipynb", "sums.ipynb.txt", "-rf.ipynb", "сумма\u202e.ipynb"]
    for number, name in enumerate(names):
        hand_in(course, f"renamed-{number}", answered(), name=name)
    hand_in(course, "right", answered())

    code, said = grade(course)

    assert code == 1 and "Traceback" not in said
    assert all(f"✗ renamed-{number}: no " in said for number in range(len(names))), said
    assert marks(course) == {"right": 3}


def test_a_timestamp_is_kept_and_one_that_is_none_is_named(course) -> None:
    for student, timestamp in {
        "on-time": "2026-11-28 17:30:00 UTC",
        "moscow": "2026-11-28 20:30:00 Europe/Moscow",
        "words": "yesterday, late",
        "far": "99999-01-01",
        "path": "2026-11-28 17:30 /etc/hostname",
        "no-zone": "2026-11-28 17:30 MSK",  # nbgrader takes it for UTC
        "offset": "2026-11-28 17:30 +0300",  # and this for five minutes
        "dots": "05.11.2026 17:30",  # and this for a day in May
    }.items():
        hand_in(course, student, answered())
        hand_in(course, student, timestamp, name="timestamp.txt")
    hand_in(course, "bytes", answered())
    (course / "submitted" / "bytes" / "sums" / "timestamp.txt").write_bytes(b"\xff\xfe")

    code, said = grade(course)

    assert code == 1 and "Traceback" not in said
    for student in ("words", "far", "path", "no-zone", "offset", "dots", "bytes"):
        assert f"✗ {student}: submitted/{student}/sums/timestamp.txt holds no time" in said
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        moments = {each.student.id: each.timestamp for each in gradebook.assignment_submissions("sums")}
    assert moments == dict.fromkeys(("on-time", "moscow"), datetime(2026, 11, 28, 17, 30))


def marks(course: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return {each.student.id: each.score for each in gradebook.assignment_submissions("sums")}
