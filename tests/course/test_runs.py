"""What a run must show: unfilled, every test says "not answered yet"; with the reference, every test passes."""

from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.course.executions import Execution
from autograder.course.faults import ReleaseError
from autograder.course.kept import Kept
from autograder.course.runs import answered_unfilled, lost_by_reference, run

from .made_notebooks import checking_cell, code, notebook

NOT_ANSWERED = new_output("error", ename="NotAnswered", evalue="`size` is not answered yet")
STUB = new_output("error", ename="NotImplementedError")
STUB_THAT_SAYS = new_output("error", ename="NotImplementedError", evalue="no padding of this kind")
FAILURE = new_output("error", ename="Failure", evalue="30 expected")
PASSED = new_output("stream", name="stdout", text="✓ size")
WARNED = new_output("stream", name="stderr", text="a warning")
HALF = new_output("execute_result", data={"text/plain": "0.5"}, execution_count=1)

TOO_MUCH = new_output("execute_result", data={"text/plain": "7"}, execution_count=1)


def executed(test_outputs, other_outputs=()):
    book = notebook(code("size(3)"), checking_cell("test_size", "check.size(answer.size)"))
    book.cells[0].outputs, book.cells[1].outputs = list(other_outputs), list(test_outputs)
    return book


def test_unfilled_every_test_must_say_not_answered_yet():
    assert answered_unfilled("r.ipynb", executed([NOT_ANSWERED], [STUB])) == []


def test_a_test_that_calls_an_answer_itself_ends_as_its_stub_does():
    assert answered_unfilled("r.ipynb", executed([STUB], [STUB])) == []


@pytest.mark.parametrize("outputs", [[], [PASSED], [STUB_THAT_SAYS], [FAILURE], [WARNED], [HALF]])
def test_unfilled_any_other_outcome_is_a_fault(outputs):
    (fault,) = answered_unfilled("r.ipynb", executed(outputs))
    assert fault.cell == "test_size"


@pytest.mark.parametrize("outputs", [[], [PASSED]])
def test_the_reference_must_pass(outputs):
    assert lost_by_reference("s.ipynb", executed(outputs)) == []


@pytest.mark.parametrize("outputs", [[FAILURE], [NOT_ANSWERED], [PASSED, WARNED], [HALF], [TOO_MUCH]])
def test_a_test_that_the_reference_does_not_pass_in_full_is_a_fault(outputs):
    (fault,) = lost_by_reference("s.ipynb", executed(outputs))
    assert fault.cell == "test_size"


def test_a_cell_of_the_reference_that_raises_is_a_fault():
    book = executed([PASSED], [STUB])
    (fault,) = lost_by_reference("s.ipynb", book)
    assert fault.cell == book.cells[0].id


def test_a_kernel_whose_ports_were_taken_is_started_again(tmp_path, monkeypatch):
    starts = []
    true_start = NotebookClient.async_start_new_kernel_client

    async def unlucky_at_first(client):
        starts.append(client)
        if len(starts) == 1:
            raise RuntimeError("Kernel died before replying to kernel_info")
        return await true_start(client)

    monkeypatch.setattr(NotebookClient, "async_start_new_kernel_client", unlucky_at_first)
    executed = run(new_notebook(cells=[new_code_cell("print(1)")]), tmp_path)
    assert executed.cells[0].outputs[0].text == "1\n" and len(starts) == 2


def test_a_kernel_that_never_comes_up_is_a_fault_of_the_notebook(tmp_path, monkeypatch):
    async def unlucky(_client):
        raise RuntimeError("Kernel died before replying to kernel_info")

    monkeypatch.setattr(NotebookClient, "async_start_new_kernel_client", unlucky)
    execution = Execution("lesson.ipynb", Path("lesson.ipynb"), new_notebook(cells=[new_code_cell("print(1)")]))
    with pytest.raises(ReleaseError) as raised:
        execution.outcome(Kept(tmp_path, ""))
    assert [fault.file for fault in raised.value.faults] == ["lesson.ipynb"]
