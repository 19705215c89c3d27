"""A class into which spoilt submissions are strewn: a few here, 40 among 200 in `make class`."""

import itertools
import json
import os
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from grading.small_course import grade
from grading.strewn import SPOILT, strew
from grading.test_class import ASSIGNMENT, lost, make_class

HONEST, STREWN = (160, 40) if "CONVLAB_CLASS" in os.environ else (4, len(SPOILT))
MOST_AUTOGRADED_MB = 20  # of one submission: 16 MB of outputs, and the rest


def make_strewn_class(root: Path, honest: int, strewn: int) -> tuple[dict[str, set[str]], dict[str, str]]:
    """A class, every so-manieth of whom has spoilt what was handed in; what each should lose, and what was spoilt."""
    loses = make_class(root, honest + strewn)
    spoilt = list(loses)[:: (honest + strewn) // strewn][:strewn]
    kinds = {
        strew(root / "submitted", ASSIGNMENT, student, kind): (student, kind)
        for student, kind in zip(spoilt, itertools.cycle(SPOILT), strict=False)
    }
    loses |= {name: loses[student] for name, (student, _kind) in kinds.items()}
    return loses, {name: kind for name, (_student, kind) in kinds.items()}


@pytest.fixture(scope="module")
def strewn_class(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, set[str]], dict[str, str], str]:
    """The course, marked once; what each student should lose, what was spoilt, and what was said."""
    root = tmp_path_factory.mktemp("strewn")
    loses, spoilt = make_strewn_class(root, HONEST, STREWN)
    code, said = grade(root, assignment=ASSIGNMENT)
    assert code == 1, said
    return root, loses, spoilt, said


def test_nothing_that_is_said_moves_the_terminal_and_nothing_is_a_traceback(strewn_class):
    _root, _loses, _spoilt, said = strewn_class
    assert "Traceback" not in said
    assert {each for each in said if not each.isprintable()} <= {"\n", "\N{NO-BREAK SPACE}"}
    assert r"\x1b[2J" in said  # it is shown


def test_each_is_marked_or_its_fault_is_named_and_the_others_are_whole(strewn_class):
    """Asked by marking a second time, which goes on from the first."""
    root, loses, spoilt, _said = strewn_class
    _code, again = grade(root, "--json", assignment=ASSIGNMENT)
    results = {result["student"]: result for result in json.loads(again)}

    told = {name: results[name].get("fault") for name in spoilt}
    assert told == {name: SPOILT[kind][0] for name, kind in spoilt.items()}
    marked = [result for result in results.values() if result["marked"]]
    assert {result["why"] for result in marked} == {None}  # in the first run
    assert lost(marked) == {result["student"]: loses[result["student"]] for result in marked}
    assert results.keys() == loses.keys() - {
        student for student in loses if not (root / "submitted" / student).is_dir()
    }


def test_the_gradebook_and_the_marked_notebooks_hold_whole_submissions_alone(strewn_class):
    root, _loses, spoilt, _said = strewn_class
    refused = {name for name, kind in spoilt.items() if SPOILT[kind][0]}
    handed_in = {path.name for path in (root / "submitted").iterdir()}
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        assert {each.student.id for each in gradebook.assignment_submissions(ASSIGNMENT)} == handed_in - refused
    for folder in (root / "autograded").iterdir():
        assert [each.name for each in folder.iterdir()] == [ASSIGNMENT]
        sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
        assert sum(sizes) < MOST_AUTOGRADED_MB * 2**20


def test_a_name_that_is_no_text_is_suggested(strewn_class):
    _root, _loses, _spoilt, said = strewn_class
    assert r"-\xc8\xe2\xe0\xed\xee\xe2 is no text" in said
    assert "-Иванов”" in said
