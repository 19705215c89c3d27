"""Every right answer file earns everything, and every wrong one loses exactly what its header says."""

from pathlib import Path

import pytest

from autograder.course.answers import AnswerFile, read_answers
from autograder.course.cells import cell_name, is_test

from .judging import judge, source_notebook

ANSWERS = Path(__file__).parent / "answers"
ASSIGNMENTS = ("variant2", "variant3")


def answer_files(kind: str) -> list[Path]:
    return sorted(ANSWERS.glob(f"*/{kind}/*.py"))


def each(kind: str) -> pytest.MarkDecorator:
    files = answer_files(kind)
    return pytest.mark.parametrize("path", files, ids=[f"{path.parts[-3]}-{path.stem}" for path in files])


def read(path: Path) -> AnswerFile:
    return read_answers(path.read_text(encoding="utf-8"), path.name)


def unearned(path: Path) -> dict[str, str]:
    """Outcome and message of each test cell that was not passed."""
    judgements = judge(path.parts[-3], read(path))
    return {
        name: f"{judgement.outcome}: {judgement.text}"
        for name, judgement in judgements.items()
        if judgement.outcome != "passed"
    }


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_reference_earns_everything(assignment: str) -> None:
    judgements = judge(assignment, AnswerFile())
    tests = [cell_name(cell) for cell in source_notebook(assignment).cells if is_test(cell)]
    assert {name: judgement.outcome for name, judgement in judgements.items()} == dict.fromkeys(tests, "passed")


@each("right")
def test_a_right_answer_earns_everything(path: Path) -> None:
    assert unearned(path) == {}


@each("wrong")
def test_a_wrong_answer_loses_what_its_header_says(path: Path) -> None:
    lost = unearned(path)
    assert sorted(lost) == sorted(read(path).loses), lost
    assert all(text.startswith("failed: ✗") for text in lost.values()), lost


@each("*")
def test_a_header_says_what_the_student_did(path: Path) -> None:
    answers = read(path)
    assert answers.summary[0].isupper() and answers.summary.endswith(".")
    assert bool(answers.loses) == (path.parent.name == "wrong")
    assert answers.cells


def test_no_two_files_say_the_same() -> None:
    for assignment in ASSIGNMENTS:
        files = [read(path) for path in answer_files("*") if path.parts[-3] == assignment]
        assert len({answers.summary for answers in files}) == len(files)
        assert len({str(answers.cells) for answers in files}) == len(files)


def test_every_test_cell_is_lost_by_some_answer_alone() -> None:
    """A test that fails only together with others would not be missed if it asserted nothing."""
    for assignment in ASSIGNMENTS:
        alone = {read(path).loses for path in answer_files("wrong") if path.parts[-3] == assignment}
        assert {(cell_name(cell),) for cell in source_notebook(assignment).cells if is_test(cell)} <= alone


def test_the_corpus_is_large() -> None:
    assert len(answer_files("right")) >= 60
    assert len(answer_files("wrong")) >= 130
