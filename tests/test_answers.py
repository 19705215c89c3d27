"""Every answer file earns all but what its header says is lost, or left to a person."""

from pathlib import Path

import pytest

from autograder.cells.metadata import is_test, name_of
from autograder.course.answers import AnswerFile, read_answers

from .judging import asked, judge, source_notebook
from .own_left_out import own_left_out

ANSWERS = Path(__file__).parent / "answers"
ASSIGNMENTS = ("variant2", "variant3")
MOST_UNDECIDED = 0.05  # of the right answers, which are more exotic than a class


def answer_files(kind: str) -> list[Path]:
    return sorted(ANSWERS.glob(f"*/{kind}/*.py"))


def each(kind: str) -> pytest.MarkDecorator:
    files = answer_files(kind)
    return pytest.mark.parametrize("path", files, ids=[f"{path.parts[-3]}-{path.stem}" for path in files])


def read(path: Path) -> AnswerFile:
    return read_answers(path.read_text(encoding="utf-8"), path.name)


@pytest.fixture
def by_all_tests(pytestconfig: pytest.Config) -> bool:
    """Or by those that an answer can reach: what the others say of the reference's answers is tested once."""
    return pytestconfig.getoption("--thorough")


def assert_it_earns_what_its_header_says(path: Path, by_all_tests: bool) -> None:
    assignment = path.parts[-3]
    answers = own_left_out(assignment, read(path))
    judgements = judge(assignment, answers, None if by_all_tests else asked(assignment, answers))
    assert {*answers.loses, *answers.undecided} <= judgements.keys()
    texts = {name: f"{judgement.outcome}: {judgement.text}" for name, judgement in judgements.items()}
    said = dict.fromkeys(answers.loses, "failed: ✗") | dict.fromkeys(answers.undecided, "could not tell: ?")
    surprises = {name: text for name, text in texts.items() if not text.startswith(said.get(name, "passed: "))}
    assert not surprises, surprises


@pytest.mark.parametrize(
    ("assignment", "cells", "tests"),
    [
        ("variant3", {"conv2d_params": "def conv2d_params(...): ..."}, {"test_conv2d_params"}),
        ("variant3", {"layer_params_dict": "not Python"}, {"test_layer_params_dict", "test_total"}),
        ("variant2", {"model_pad1": "ModelPad1 = None"}, {"test_pad1"}),
        ("variant2", {"output_size": "stats = None"}, {"test_output_size", "test_compare_padding"}),
    ],
)
def test_an_answer_is_judged_by_the_tests_that_it_can_reach(assignment, cells, tests) -> None:
    assert asked(assignment, AnswerFile(cells=cells)) == tests


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_reference_earns_everything(assignment: str) -> None:
    judgements = judge(assignment, AnswerFile())
    tests = [name_of(cell) for cell in source_notebook(assignment).cells if is_test(cell)]
    assert {name: judgement.outcome for name, judgement in judgements.items()} == dict.fromkeys(tests, "passed")


@each("right")
def test_a_right_answer_loses_nothing(path: Path, by_all_tests: bool) -> None:
    assert_it_earns_what_its_header_says(path, by_all_tests)


@each("wrong")
def test_a_wrong_answer_loses_what_its_header_says(path: Path, by_all_tests: bool) -> None:
    assert_it_earns_what_its_header_says(path, by_all_tests)


@each("*")
def test_a_header_says_what_the_student_did(path: Path) -> None:
    answers = read(path)
    assert answers.summary[0].isupper() and answers.summary.endswith(".")
    assert answers.unearned if path.parent.name == "wrong" else not answers.loses
    assert answers.cells


def test_no_two_files_say_the_same() -> None:
    for assignment in ASSIGNMENTS:
        files = [read(path) for path in answer_files("*") if path.parts[-3] == assignment]
        assert len({answers.summary for answers in files}) == len(files)
        assert len({str(answers.cells) for answers in files}) == len(files)


def test_every_test_cell_is_lost_by_some_answer_alone() -> None:
    """A test that fails only together with others would not be missed if it asserted nothing."""
    for assignment in ASSIGNMENTS:
        wrong = [read(path) for path in answer_files("wrong") if path.parts[-3] == assignment]
        alone = {answers.loses for answers in wrong if not answers.undecided}
        assert {(name_of(cell),) for cell in source_notebook(assignment).cells if is_test(cell)} <= alone


def test_few_right_answers_are_left_to_a_person() -> None:
    right = answer_files("right")
    undecided = [f"{path.parts[-3]}/{path.stem}" for path in right if read(path).undecided]
    print(f"{len(undecided)} of {len(right)} right answers ({len(undecided) / len(right):.1%}):", *undecided)
    assert len(undecided) <= MOST_UNDECIDED * len(right)


def test_the_corpus_is_large() -> None:
    assert len(answer_files("right")) >= 60
    assert len(answer_files("wrong")) >= 130
