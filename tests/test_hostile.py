"""Submissions that attack: each loses what its header says and nothing else, learns nothing and leaves nothing."""

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_class import (
    HOSTILE,
    MarkingProcess,
    Outcome,
    assert_all_is_earned,
    assert_the_grader_is_well,
    attacks,
    handed_in,
    outputs_of,
    read_attack,
    reference,
    source,
)

FAMILIES = ("forging", "learning", "breaking", "flooding", "examiner")
SECRET = f"s3cr3t-{os.urandom(8).hex()}"


@pytest.fixture(scope="module")
def insider(tmp_path_factory) -> Iterator[dict]:
    """What somebody on the inside could tell an attacker: where the course lies, and who listens."""
    course = tmp_path_factory.mktemp("course")
    for name in (
        "secret.txt",
        "gradebook.db",
        "source/variant3/variant3.ipynb",
        "submitted/anna/variant3/variant3.ipynb",
    ):
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(SECRET)
    named = str(course / "socket")
    abstract = f"hostile-{os.getpid()}"
    stream, datagram, inside, outside = (
        socket.socket(family, kind)
        for family, kind in (
            (socket.AF_INET, socket.SOCK_STREAM),
            (socket.AF_INET, socket.SOCK_DGRAM),
            (socket.AF_UNIX, socket.SOCK_STREAM),
            (socket.AF_UNIX, socket.SOCK_STREAM),
        )
    )
    with stream, datagram, inside, outside:
        stream.bind(("127.0.0.1", 0))
        datagram.bind(("127.0.0.1", stream.getsockname()[1]))
        inside.bind("\0" + abstract)
        outside.bind(named)
        for listener in (stream, inside, outside):
            listener.listen()
        for each in (stream, datagram, inside, outside):
            each.setblocking(False)
        yield {
            "course": str(course),
            "driver": os.getpid(),
            "port": stream.getsockname()[1],
            "abstract": abstract,
            "named": named,
            "listeners": (stream, inside, outside),
            "datagram": datagram,
        }


@pytest.fixture(scope="module")
def marking(insider) -> Iterator[MarkingProcess]:
    os.environ["CONVLAB_TEST_SECRET"] = SECRET
    try:
        with MarkingProcess() as process:
            yield process
    finally:
        del os.environ["CONVLAB_TEST_SECRET"]


@pytest.fixture(scope="module")
def files(insider) -> dict[str, bytes]:
    told = {name: value for name, value in insider.items() if type(value) in (str, int)}
    return {"where.json": json.dumps(told).encode()}


PATHS = [path for family in FAMILIES for path in attacks(family)]


def name(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def sampled(path: Path) -> pytest.MarkDecorator:
    """Of the attacks of a family that come to the same, some."""
    attack = read_attack(path)
    outcomes = attack.answers.loses, attack.answers.undecided, attack.stops, attack.may_stop
    return pytest.mark.sampled(one_in=10, kind=(path.parent.name, *map(bool, outcomes)))


def assert_nothing_was_learnt(outcome: Outcome) -> None:
    shown = outputs_of(outcome.text)
    assert "LEARNT" not in shown
    assert SECRET not in shown
    assert [line for line in hidden_lines() if json.dumps(line, ensure_ascii=False)[1:-1] in shown] == []


def hidden_lines() -> list[str]:
    """The lines of the hidden tests, without those too short to be told from others."""
    lines = []
    for assignment in ("variant2", "variant3"):
        for cell in source(assignment).cells:
            _, *hidden = cell.source.split("### BEGIN HIDDEN TESTS")
            lines += [line.strip() for part in hidden for line in part.split("### END HIDDEN TESTS")[0].splitlines()]
    return [line for line in lines if len(line) > 12]


@pytest.mark.parametrize("path", [pytest.param(path, id=name(path), marks=sampled(path)) for path in PATHS])
def test_an_attack_loses_what_its_header_says(path: Path, marking, files) -> None:
    attack = read_attack(path)

    outcome = marking.mark(attack.assignment, handed_in(attack), files)

    assert_the_grader_is_well(outcome)
    assert sorted(outcome.lost) == sorted(attack.answers.loses)
    assert sorted(outcome.undecided) == sorted(attack.answers.undecided)
    assert set(attack.stops) <= set(outcome.stopped) <= {*attack.stops, *attack.may_stop}
    assert outcome.repairs == ()
    assert_nothing_was_learnt(outcome)


@pytest.mark.parametrize("assignment", ["variant2", "variant3"])
def test_the_next_student_is_marked_as_if_nothing_had_been(assignment: str, marking, files) -> None:
    assert_all_is_earned(marking.mark(assignment, reference(assignment), files), assignment)


def test_no_message_reaches_the_next_student(marking, files) -> None:
    attack = read_attack(HOSTILE / "learning" / "leaves_a_message.py")
    for _ in range(2):
        outcome = marking.mark(attack.assignment, handed_in(attack), files)
        assert_nothing_was_learnt(outcome)


def test_no_attack_reached_a_server(insider) -> None:
    for listener in insider["listeners"]:
        with pytest.raises(BlockingIOError):
            listener.accept()
    with pytest.raises(BlockingIOError):
        insider["datagram"].recv(1)


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_a_header_says_what_the_attack_does(path: Path) -> None:
    attack = read_attack(path)
    assert attack.answers.summary[0].isupper() and attack.answers.summary.endswith(".")
    assert attack.answers.cells or attack.added


def test_the_class_is_large() -> None:
    assert len(PATHS) >= 100
