"""One submission from its first cell to its last: where its text is read, what is run there, and for how long."""

import builtins
import time
from collections.abc import Iterator
from types import SimpleNamespace

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.utils import determine_grade

from autograder.grading import Limits
from autograder.grading.examiner import Examiner
from autograder.grading.marked import MarkedNotebook, Submission
from autograder.grading.marking import mark_submission
from autograder.process import student
from autograder.process.warm import Zygote
from grading.small_course import answered, source_notebook

LIMITS = Limits(cpu_seconds=1.0)
SHOWN = new_code_cell("size = 5\nprint('shown')", id="shown", metadata={"tags": ["demonstration"]})
SHOWN.metadata["nbgrader"] = source_notebook().cells[1].metadata.nbgrader | {"grade_id": "shown", "locked": True}


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with Zygote(LIMITS, modules=("autograder.checks",)) as zygote:
        yield zygote


def mark(zygote: Zygote, course: NotebookNode, handed_in: NotebookNode) -> MarkedNotebook:
    content = {"sums": nbformat.writes(handed_in).encode()}
    return mark_submission({"sums": {"en": course}}, Submission("anna", content, {}), zygote, LIMITS)["sums"]


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == name)


def points(marked: MarkedNotebook) -> tuple[float, float]:
    """Of `double`, of 2, and of `half`, of 1."""
    return tuple(determine_grade(cell(marked.notebook, test))[0] for test in ("test_double", "test_half"))


def with_a_demonstration(notebook: NotebookNode) -> NotebookNode:
    notebook.cells.insert(2, nbformat.from_dict(SHOWN))
    return notebook


@pytest.mark.parametrize(
    ("own", "is_run"),
    [
        ("x", False),
        ("size = 1\nprint(size)", False),
        ("def f(size): return size", False),
        ("def f(\n    size", False),
        ("def f(): return size", True),
        ("eval('si' + 'ze')", True),
        ("%time size", True),
    ],
)
def test_a_demonstration_is_run_when_a_cell_of_the_students_may_read_what_it_binds(zygote, own, is_run):
    handed_in = with_a_demonstration(answered())
    handed_in.cells.append(new_code_cell(own, id="own"))

    marked = mark(zygote, with_a_demonstration(source_notebook()), handed_in)

    assert bool(cell(marked.notebook, "shown").execution_count) == is_run
    assert points(marked) == (2, 1)


@pytest.mark.sampled(one_in=3)
@pytest.mark.parametrize("own", ["%time 1\n" * 501, "%time 1\n" * 400 + "x = 1\n" * 20_000, "x" + ".x" * 10**6])
def test_a_cell_that_is_hard_to_read_costs_no_other(zygote, own):
    handed_in = with_a_demonstration(answered())
    handed_in.cells.append(new_code_cell(own, id="own"))

    marked = mark(zygote, with_a_demonstration(source_notebook()), handed_in)

    assert {each.cell for each in marked.attention} <= {"own"}
    assert points(marked) == (2, 1)


@pytest.mark.parametrize(
    "guess",
    [
        "my_size = 1 / 0",
        "my_size = ((",
        "my_size = float('inf')",
        "while True: pass",
        "import os; os._exit(0)",
        "class Odd:\n    __eq__ = __repr__ = __len__ = __iter__ = None\nmy_size = Odd()",
        "my_size = {'x' * 10**7: int}",
        "my_size = []\nmy_size += [my_size]",
        "check = my_size = print",
    ],
)
def test_a_prediction_costs_no_mark_whatever_a_student_writes_there(zygote, guess):
    def with_a_prediction(notebook: NotebookNode, guess: str, *more: NotebookNode) -> NotebookNode:
        with_a_demonstration(notebook).cells.insert(2, new_code_cell(guess, id="guess"))
        cell(notebook, "shown").source += "\ncheck.predict(my_size, size, 'my_size')"
        notebook.cells += more
        return notebook

    handed_in = with_a_prediction(answered(), guess, new_code_cell("%time size", id="own"))

    marked = mark(zygote, with_a_prediction(source_notebook(), "my_size = ..."), handed_in)

    assert cell(marked.notebook, "shown").execution_count
    assert {each.cell for each in marked.attention} <= {"guess"}
    assert points(marked) == (2, 1)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("code_by_hand", {"nbgrader": {"grade": True, "solution": True, "locked": False, "points": 3, "task": False,
                                       "grade_id": "code_by_hand", "schema_version": 3}}),
        ("not_locked", {"tags": ["course"]}),
        ("answer", {"tags": ["course"], "nbgrader": source_notebook().cells[2].metadata.nbgrader | {"grade_id": "answer"}}),
    ],
)  # fmt: skip
def test_what_a_student_may_write_runs_in_the_students_process_alone(zygote, name, change):
    course, handed_in = source_notebook(), answered()
    for notebook, source in (course, "pass"), (handed_in, "import builtins\nbuiltins.reached = print('run')"):
        notebook.cells.insert(2, new_code_cell(source, id=name, metadata=change))

    marked = mark(zygote, course, handed_in)

    assert not hasattr(builtins, "reached")
    assert cell(marked.notebook, name).outputs[0].text == "run\n"
    assert points(marked) == (2, 1)


def test_when_the_time_is_up_what_is_judged_stands_and_the_rest_is_named(zygote, monkeypatch):
    """The clock is put forward when the first test has been judged."""
    forward = [0.0]
    judge = Examiner.judge

    def judged(examiner: Examiner, source: str) -> object:
        outputs = judge(examiner, source)
        forward[0] = LIMITS.total_seconds
        return outputs

    monkeypatch.setattr(Examiner, "judge", judged)
    monkeypatch.setattr(student, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + forward[0]))

    marked = mark(zygote, source_notebook(), answered())

    assert points(marked) == (2, 0)
    assert [(each.kind, each.cell) for each in marked.attention] == [("total", "test_half")]
    assert "took more than 600 s" in cell(marked.notebook, "half").outputs[0].evalue


NETWORK = """
import torch

class double(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(3, 4, 3)
    def forward(self, x):
        return torch.relu(self.conv(x))
"""


ON_TOKENS = """
import torch

class double(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = torch.nn.Embedding(11, 4)
    def forward(self, tokens):
        return self.embedding(tokens)
"""


def test_a_network_on_tokens_is_confirmed_as_one_on_images_is(zygote):
    course = source_notebook()
    cell(course, "test_double").source = (
        "from autograder.checks.inputs import Integers\n"
        "tokens = Integers([7], below=11)\n"
        "check.output_shape(answer.double, (7, 4), inputs=tokens)\n"
        "check.depends_on_input(answer.double, inputs=tokens)\n"
        "check.parameter_budget(answer.double, 44, inputs=tokens)"
    )

    marked = mark(zygote, course, answered(double=ON_TOKENS))

    assert points(marked) == (2, 1)
    constant = ON_TOKENS.replace("return self.embedding(tokens)", "return self.embedding(tokens * 0)")
    assert points(mark(zygote, course, answered(double=constant))) == (0, 1)


ON_QUERIES_AND_KEYS = """
import torch

class double(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = torch.nn.MultiheadAttention(8, 2, batch_first=True)
    def forward(self, queries, keys):
        read, weights = self.attention(queries, keys, keys)
        return {"read": read, "weights": weights}
"""


FORGED_WEIGHTS = """
from dataclasses import replace
from autograder.checks import subject

observe_truly = subject.QUESTIONS["_observe_new"]

def observe_more(network_class, inputs, others):
    trace = observe_truly(network_class, inputs, others)
    (read,) = trace.outputs
    batch = read.shape[0]
    view = replace(read.view, shape=(batch, 3, 5), stride=(15, 5, 1))
    weights = replace(read, name="weights", view=view, content=bytes(4 * batch * 15))
    unwatched = {**trace.unwatched, "weights": weights.content}
    return replace(trace, outputs=(read, weights), unwatched=unwatched)

subject.QUESTIONS["_observe_new"] = observe_more
"""


def test_a_network_of_several_inputs_and_outputs_is_confirmed_too(zygote):
    course = source_notebook()
    cell(course, "test_double").source = (
        "from autograder.checks.inputs import Normal\n"
        "given = {'queries': Normal((3, 8)), 'keys': Normal((5, 8))}\n"
        "check.output_shape(answer.double, {'weights': (3, 5), 'read': (3, 8)}, inputs=given)\n"
        "check.depends_on_input(answer.double, inputs=given, outputs=2)\n"
        "check.parameter_budget(answer.double, 288, inputs=given, outputs=2)"
    )

    assert points(mark(zygote, course, answered(double=ON_QUERIES_AND_KEYS))) == (2, 1)
    for right, wrong in [
        ("(queries, keys, keys)", "(queries, queries, queries)"),
        ('"weights": weights', '"weights": weights.sum(1)'),
        ('"weights": weights', '"weights": weights, "keys": keys'),
        ("queries, keys):", "keys, values):"),
        ("(8, 2,", "(8, 2, kdim=8, vdim=8, add_bias_kv=True,"),
    ]:
        changed = answered(double=ON_QUERIES_AND_KEYS.replace(right, wrong))
        assert points(mark(zygote, course, changed)) == (0, 1)
    forged = ON_QUERIES_AND_KEYS.replace(', "weights": weights', "") + FORGED_WEIGHTS
    assert points(mark(zygote, course, answered(double=forged))) == (0, 1)


def test_the_outline_of_a_network_is_kept_as_it_was_observed_first(zygote):
    course = source_notebook()
    cell(course, "test_double").source = (
        "check.output_shape(answer.double, (4, 30, 30), batch_sizes=(3, 1))\n"
        "check.output_shape(answer.double, (4, 14, 14), input_shape=[3, 16, 16])"
    )

    marked = mark(zygote, course, answered(double=NETWORK))

    assert points(marked) == (2, 1)
    assert marked.networks == {"double": ("convolution 4×3×3×3 4 → 4×30×30", "relu → 4×30×30")}
    assert mark(zygote, course, answered()).networks == {}
