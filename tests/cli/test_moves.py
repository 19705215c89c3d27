"""`autograder moves`: the record, shown and chosen from."""

import json
from pathlib import Path

import pytest
from grading.small_course import make_course

from autograder.grading.moves import MOVES

BEFORE = {"points": {"sums/test_double": 2.0, "sums/conclusion": None}, "penalty": 0.0, "state": "a"}
NOW = {"points": {"sums/test_double": 0.0, "sums/conclusion": None}, "penalty": 0.0, "state": "b"}
LATE = {"points": {"sums/test_double": 2.0, "sums/conclusion": None}, "penalty": 0.5, "state": "c"}
VERSION = [{"kind": "version", "what": "torch 2.12 → 2.13"}, {"kind": "cell", "what": "sums/test_double"}]


def move(name: str, at: str, before: dict | None, now: dict, because: list, instead_of: str | None = None) -> str:
    fixed = {"assignment": "sums", "student": "anna\x1b[2J\n" if name == "3" else "anna"}
    moments = {"id": name, "at": at, "instead_of": instead_of}
    return json.dumps(fixed | moments | {"before": before, "now": now, "because": because})


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Three moves, of which the second was cut off once and recorded twice; and a line that was cut short."""
    root = make_course(tmp_path / "course")
    with (root / "nbgrader_config.py").open("a") as config:
        config.write('c.Term.time_zone = "Europe/Moscow"\n')
    lines = [
        move("1", "2026-11-05T20:59:00+00:00", None, BEFORE, [{"kind": "new", "what": ""}]),
        move("2", "2026-11-05T21:00:00+00:00", BEFORE, NOW, VERSION),
        move("2 again", "2026-11-05T21:01:00+00:00", BEFORE, NOW, VERSION, instead_of="2"),
        '{"id": "cut sho',
        move("3", "2026-11-07T10:00:00+00:00", BEFORE, LATE, [{"kind": "dates", "what": ""}]),
    ]
    (root / MOVES).write_text("\n".join(lines) + "\n")
    return root


def test_moves_are_shown_in_the_courses_time_and_none_twice(course, run):
    result = run("moves", folder=course)
    rows = [" ".join(line.split()) for line in result.output.splitlines()]
    assert result.exit_code == 0
    assert rows == [
        "2026-11-06, sums: versions: torch 2.12 → 2.13; cells of the course: sums/test_double",
        "00:01 anna 2 → 0 sums/test_double 2 → 0",
        "2026-11-07, sums: dates, or what lateness costs",
        r"13:00 anna\x1b[2J\x0a 2 → 1.5 penalty 0 → 0.5",
        "Marked for the first time: 1.",
    ]
    assert not (course / "gradebook.db").exists()


def test_moves_are_chosen_by_time_and_assignment(course, run):
    def ids(*arguments: str) -> list[str]:
        return [each["id"] for each in json.loads(run("moves", *arguments, "--json", folder=course).output)]

    assert ids("--since", "06.11.2026") == ids("sums", "--since", "2026-11-06 00:00") == ["2 again", "3"]
    assert ids("sums") == ["1", "2 again", "3"]
    assert run("moves", "products", folder=course).exit_code == 2
    assert run("moves", "--since", "yesterday", folder=course).exit_code == 2
    assert run("moves", "--since", "2026-11-08", folder=course).output == "No mark moved.\n"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_moves_fit_a_terminal_and_no_word_is_broken(course, run, language):
    def words(columns: int) -> list[str]:
        said = run("moves", folder=course, language=language, columns=columns).output
        assert all(len(line) <= columns for line in said.splitlines())
        return said.split()

    long = {f"a_notebook_with_a_long_name/test_{number}_of_the_answers": 2.0 for number in range(3)}
    after = BEFORE | {"points": long | dict.fromkeys(list(long)[1:], 1.0)}
    because = [{"kind": "submission", "what": ""}, *({"kind": "cell", "what": name} for name in long)]
    with (course / MOVES).open("a") as record:
        record.write(move("4", "2026-11-08T10:00:00+00:00", BEFORE | {"points": long}, after, because) + "\n")

    assert words(80) == words(400)
