"""Test cells keep to what works in an examiner, and leave nothing behind."""

import pytest

from autograder.course.testcells import direct_uses, leftover_names, misused_handles, unknown_rules, untagged_names

from .made_notebooks import REAL_SETUP, SETUP, answer_cell, checking_cell, code, notebook


@pytest.mark.parametrize(
    "source",
    [
        "check.output_shape(answer.Net, (64, 16, 16))",
        "check.output_size(function=answer.size, sizes=(32,))",
        "assert answer.size(32, 3) == 30",
        "assert answer.total == 4780",
        "check.finite(answer.Net())",
        "answer.Net()",
        "result = answer.compare(weight, bias, x)\nassert result['pad0']['mean'] > 0",
        "assert answer.compare(x)['pad0'] == 1",
        "for size in range(3):\n    check.equal(answer.size, size)",
        "%matplotlib inline\ncheck.equal(answer.size, 3)",
    ],
)
def test_calling_passing_and_comparing_are_allowed(source):
    assert misused_handles("s.ipynb", notebook(checking_cell("test_size", source))) == []


@pytest.mark.parametrize(
    "source",
    [
        "answer.Net.conv1",
        "answer.Net.__init__(1)",
        "answer.sizes[0]",
        "for layer in answer.layers:\n    pass",
        "[layer for layer in answer.layers]",
        "class Mine(answer.Net):\n    pass",
        "isinstance(answer.net, int)",
        "issubclass(answer.Net, int)",
        "len(answer.layers)",
        "getattr(answer.Net, 'conv1')",
        "getattr(answer, 'Net')",
        "assert 3 in answer.layers",
        "net = answer.Net",
        "net = answer.Net()",
        "answer.Net().conv1",
        "answer.total = 3",
        "del answer.total",
        "answer.total + 1",
        "assert answer.total",
        "print(*answer.layers)",
        "check.equal(**answer.options)",
        "mine = answer",
        "check.equal([answer.size], 3)",
        "### BEGIN HIDDEN TESTS\nanswer.Net.conv1\n### END HIDDEN TESTS",
    ],
)
def test_anything_else_is_a_fault(source):
    faults = misused_handles("s.ipynb", notebook(checking_cell("test_size", source)))
    assert {(fault.file, fault.cell) for fault in faults} == {("s.ipynb", "test_size")}


def test_other_cells_do_as_they_please():
    assert misused_handles("s.ipynb", notebook(code("answer.Net.conv1"))) == []


ANSWERED = answer_cell("model", "class Net:\n    width = 3")


@pytest.mark.parametrize("source", ["check.finite(Net)", "def f():\n    return Net", "[Net for i in range(2)]"])
def test_an_answer_reached_without_its_handle_is_a_fault(source):
    (fault,) = direct_uses("s.ipynb", notebook(ANSWERED, checking_cell("test_net", source)))
    assert fault.cell == "test_net" and "answer.Net" in fault.remedy


@pytest.mark.parametrize("source", ["check.finite(answer.Net)", "width = 3\ncheck.equal(width)"])
def test_a_handle_or_a_name_of_the_tests_own_is_no_direct_use(source):
    assert direct_uses("s.ipynb", notebook(ANSWERED, checking_cell("test_net", source), code("Net()"))) == []


@pytest.mark.parametrize(
    "later",
    [
        "print(expected)",
        "expected += 1",
        "def f():\n    return expected",
        "[expected for i in range(2)]",
        "x = expected",
    ],
)
def test_a_name_of_a_test_that_a_later_cell_uses_is_a_fault(later):
    (fault,) = leftover_names(
        "s.ipynb", notebook(checking_cell("test_size", "expected = 3"), answer_cell("size", later))
    )
    assert fault.cell == "size" and "expected" in fault.problem and "test_size" in fault.problem


@pytest.mark.parametrize("definition", ["import expected", "def expected(): pass", "for expected in (): pass",
                                        "class expected: pass", "(expected := 3)"])  # fmt: skip
def test_every_way_to_define_counts(definition):
    assert leftover_names("s.ipynb", notebook(checking_cell("test_size", definition), code("expected")))


@pytest.mark.parametrize("later", ["expected = 4\nexpected", "for expected in range(3):\n    print(expected)", "other"])
def test_a_name_defined_anew_is_no_fault(later):
    book = notebook(
        checking_cell("test_size", "expected = 3"), code(later), checking_cell("test_more", "check.equal(4)")
    )
    assert leftover_names("s.ipynb", book) == []


def test_a_name_that_a_cell_in_between_defines_anew_is_no_fault():
    book = notebook(checking_cell("test_size", "net = 3"), code("net = 4"), code("print(net)"))
    assert leftover_names("s.ipynb", book) == []


COUNTS = checking_cell("test_size", "check.equal(answer.size, np.arange(3))")


@pytest.mark.parametrize(
    "cells",
    [
        (code(REAL_SETUP), code("import numpy as np", "course"), COUNTS),
        (code(REAL_SETUP), code("import numpy as np"), code("import numpy as np", "course"), COUNTS),
        (code(REAL_SETUP), checking_cell("test_first", "import numpy as np\ncheck.equal(answer.size, np)"), COUNTS),
        (code(SETUP), code("import numpy as np"), COUNTS),  # `check` is not this package's
        (code(REAL_SETUP), code("import numpy as np"), checking_cell("test_inside", "assert np")),
    ],
)
def test_a_name_that_the_examiner_has_too_is_no_fault(cells):
    assert untagged_names("s.ipynb", notebook(*cells)) == []


def test_a_name_from_a_cell_that_the_examiner_does_not_run_is_a_fault():
    setup = code("import numpy as np")
    (fault,) = untagged_names("s.ipynb", notebook(code(REAL_SETUP), setup, COUNTS))
    assert fault.cell == "test_size"
    assert fault.remedy == f"Tag cell {setup.id} `course`, or give `np` in one that is tagged so"


@pytest.mark.parametrize(
    ("source", "remedies"),
    [
        ("check.output_shape(answer.Net, (1,))", []),
        ("check.output_shap(answer.Net, (1,))\ncheck.output_shap(answer.Net, (2,))", ["Similar names: `check.output_shape`"]),
        ("check.moves(answer.Net)", ["There are: output_shape, looks_back, summary"]),
        ("check.summary({'Net': ['output_shape', 'looks_bac']}, ['words'])", ["Similar names: `check.looks_back`"]),
    ],
)
def test_a_rule_that_there_is_not_is_a_fault_which_names_the_nearest(source, remedies):
    source = notebook(code(REAL_SETUP), checking_cell("test_net", source))
    known = ["output_shape", "looks_back", "summary"]
    assert [fault.remedy for fault in unknown_rules("s.ipynb", source, known)] == remedies
    assert unknown_rules("s.ipynb", source, []) == []
