"""What hidden tests ask is drawn for each submission: who writes it down has learnt nothing that serves the next."""

import ast
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from nbgrader.utils import determine_grade, is_grade

from autograder.checks.seeds import derived, new_seed
from autograder.course.answers import AnswerFile, submission
from autograder.grading import Limits, open_course
from autograder.grading.handed_out import course_notebooks
from autograder.grading.marked import Submission
from autograder.grading.marking import mark_submission
from autograder.process.warm import Zygote

REPOSITORY = Path(__file__).parents[2]
COURSE = open_course(REPOSITORY)
SEED = 0x1234567890ABCDEF1234567890ABCDEF

KEYS = '''
def key_of(*arguments, **options):
    given = [each.tolist() if isinstance(each, torch.Tensor) else each for each in (*arguments, *options.values())]
    return hash_of(str(given) + str(list(options)))


def hash_of(text):
    import hashlib
    return hashlib.sha256(text.encode()).hexdigest()
'''
WRITING_DOWN = '''
ASKED = {}


def writing_down(answer):
    def answering(*arguments, **options):
        found = answer(*arguments, **options)
        ASKED[key_of(*arguments, **options)] = found
        return found

    return answering
'''
BY_HEART = '''
def by_heart(answer):
    def answering(*arguments, **options):
        return TABLE.get(key_of(*arguments, **options))

    return answering
'''
RIGHT = {
    "variant2": {
        "output_size": """
def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1
""",
        "compare_padding": """
def compare_padding(weight, bias, x, stride=1):
    pad0, pad1 = (stats(F.relu(F.conv2d(x, weight, bias, stride, padding))) for padding in (0, 1))
    sizes = zip(pad0["shape"][2:], pad1["shape"][2:])
    return {
        "pad0": pad0,
        "pad1": pad1,
        "size_difference": tuple(after - before for before, after in sizes),
        "mean_difference": pad0["mean"] - pad1["mean"],
    }
""",
    },
    "variant3": {
        "conv2d_params": """
def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    return out_channels * (in_channels // groups) * kernel_size**2 + bias * out_channels
""",
        "layer_params_dict": """
def layer_params_dict(net):
    own = {name: sum(p.numel() for p in each.parameters(recurse=False)) for name, each in net.named_modules()}
    return {name: count for name, count in own.items() if count}
""",
    },
}
OVERHEARING = """
from autograder.process import wire

heard, true_receive = [], wire.receive


def receive(channel):
    request = true_receive(channel)
    heard.append(repr(request))
    return request


wire.receive = receive
"""


def mark(zygote: Zygote, assignment: str, answers: dict[str, str], last: str, seed: int) -> tuple[set[str], str]:
    """The tests that are lost, and what the `last` cell of the notebook shows."""
    source, released = (
        nbformat.read(REPOSITORY / folder / assignment / f"{assignment}.ipynb", as_version=4)
        for folder in ("source", "release/en")
    )
    notebook = submission(released, source, AnswerFile(cells=answers))
    notebook.cells.append(new_code_cell(last, id="last"))
    handed_in = Submission("anna", {assignment: nbformat.writes(notebook).encode()}, {}, seed)
    notebooks = course_notebooks(COURSE.assignment(assignment))
    cells = mark_submission(notebooks, handed_in, zygote, Limits())[assignment].notebook.cells
    tests = [cell for cell in cells if cell.cell_type == "code" and is_grade(cell)]
    lost = {cell.metadata.nbgrader.grade_id for cell in tests if determine_grade(cell)[0] == 0}
    return lost, "".join(output.get("text", "") for output in cells[-1].outputs)


def answers(assignment: str, how: str, prelude: str) -> dict[str, str]:
    """The right answers, each under a decorator."""
    cells = {name: f"{text}\n\n{name} = {how}({name})\n" for name, text in RIGHT[assignment].items()}
    first = next(iter(cells))
    return cells | {first: f"{KEYS}\n{prelude}\n{cells[first]}"}


@pytest.mark.parametrize("assignment", [pytest.param(each, marks=pytest.mark.sampled(one_in=2)) for each in RIGHT])
def test_what_was_asked_of_one_submission_is_not_asked_of_the_next(zygote, assignment):
    writing = answers(assignment, "writing_down", WRITING_DOWN)
    lost, asked = mark(zygote, assignment, writing, "print(ASKED)", SEED)
    assert lost == set()
    assert mark(zygote, assignment, writing, "print(ASKED)", SEED) == (lost, asked)
    assert mark(zygote, assignment, writing, "print(ASKED)", SEED + 1)[1] != asked

    table = f"TABLE = {ast.literal_eval(asked)}\n{BY_HEART}"
    reciting = answers(assignment, "by_heart", table)
    tests = {f"test_{name}" for name in reciting}
    assert mark(zygote, assignment, reciting, "", SEED)[0] & tests == set()
    for seed in (SEED + 1, new_seed(), new_seed()):
        assert mark(zygote, assignment, reciting, "", seed)[0] & tests == tests


@pytest.mark.parametrize("assignment", RIGHT)
def test_no_seed_reaches_the_students_process(zygote, assignment):
    first = next(iter(RIGHT[assignment]))
    overhearing = {first: OVERHEARING + RIGHT[assignment][first]}
    lost, heard = mark(zygote, assignment, overhearing, "print(*heard, sep='\\n')", SEED)

    assert lost == set()
    assert "_call_each" in heard and "_observe_new" in heard
    seeds = [SEED, derived(SEED, "test"), derived(SEED, "test") // 2, derived(SEED, "_size_case")]
    seeds += [derived(SEED, "images", batch_size, sample) // 2 for batch_size in range(1, 8) for sample in range(3)]
    assert not [seed for seed in seeds if str(seed) in heard or f"{seed:x}" in heard]


def test_seeds_are_drawn():
    assert len({new_seed() for _ in range(100)}) == 100
