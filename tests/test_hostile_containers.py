"""The submission as a container: cells, ids, metadata and sizes of any form; what can be marked is marked."""

import json
from collections.abc import Iterator
from copy import deepcopy

import nbformat
import pytest
from hostile_class import (
    MOST_MEGABYTES,
    MarkingProcess,
    assert_all_is_earned,
    assert_the_grader_is_well,
    name_of,
    own_test,
    reference,
)
from nbformat.v4 import new_code_cell

from autograder.cells.metadata import is_test
from autograder.process.limits import MEGABYTE

pytestmark = pytest.mark.sampled(one_in=4)  # of each test's cases


@pytest.fixture(scope="module")
def marking() -> Iterator[MarkingProcess]:
    with MarkingProcess() as process:
        yield process


def test_a_tag_does_not_make_a_cell_the_courses(marking) -> None:
    notebook = reference()
    own = new_code_cell("answer = check = None\n1/0", metadata={"tags": ["course", "demonstration"]}, id="own")
    notebook.cells.insert(3, own)
    assert_all_is_earned(marking.mark("variant3", notebook))


def test_a_cell_with_a_tests_name_is_not_the_test(marking) -> None:
    notebook = reference()
    _cell(notebook, "conv2d_params").source = "conv2d_params = 1"
    own = new_code_cell("pass", metadata=deepcopy(_cell(notebook, "test_conv2d_params").metadata), id="own")
    notebook.cells.append(own)

    outcome = marking.mark("variant3", notebook)

    assert_the_grader_is_well(outcome)
    assert outcome.lost == ("test_conv2d_params", own_test("variant3"))
    assert ("duplicated", "test_conv2d_params") in outcome.repairs


def test_a_second_answer_is_the_answer_and_the_first_still_runs(marking) -> None:
    notebook = reference()
    own = deepcopy(_cell(notebook, "conv2d_params")) | {"id": "own"}
    notebook.cells.insert(0, nbformat.from_dict({**own, "source": "conv2d_params = 1"}))
    assert_all_is_earned(marking.mark("variant3", notebook))


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("missing", lambda cells, place: cells.pop(place)),
        ("retyped", lambda cells, place: _retype(cells[place], "markdown")),
        ("retyped", lambda cells, place: _retype(cells[place], "raw")),
        ("changed", lambda cells, place: cells[place].update(source="pass")),
        ("retagged", lambda cells, place: cells[place].metadata.nbgrader.update(points=1000)),
        ("retagged", lambda cells, place: cells[place].metadata.nbgrader.update(grade=False)),
        ("retagged", lambda cells, place: cells[place].metadata.nbgrader.update(solution=True, locked=False)),
        ("reordered", lambda cells, place: cells.insert(2, cells.pop(place))),
    ],
)
def test_a_test_cell_that_was_tampered_with_judges_as_before(kind, change, marking) -> None:
    notebook = reference()
    _cell(notebook, "compact_net").source = "class CompactNet(nn.Module):\n    forward = lambda self, x: x"
    _cell(notebook, "total").source = "per_layer, total = {}, 0"
    place = notebook.cells.index(_cell(notebook, "test_compact_pointwise"))
    change(notebook.cells, place)

    outcome = marking.mark("variant3", notebook)

    assert_the_grader_is_well(outcome)
    assert outcome.lost == ("test_compact_pointwise", own_test("variant3"))
    assert kind in dict(outcome.repairs)


@pytest.mark.parametrize(
    "metadata",
    [
        {"nbgrader": []},
        {"nbgrader": {"grade_id": ["test_total"]}},
        {"nbgrader": {"grade_id": "new", "grade": True, "points": 10**6, "solution": False, "locked": True}},
        {"nbgrader": None},
        {"tags": 3},
        {"tags": [{}, 3]},
        {"tags": "course"},
        {"jupyter": "all", "collapsed": [], "scrolled": {}},
        {"name": 5},
    ],
    ids=str,
)
def test_metadata_of_any_form_on_an_own_cell_is_passed_over(metadata, marking) -> None:
    written = _written(reference())
    written["cells"].insert(3, {"cell_type": "code", "id": "own", "metadata": metadata, "source": "y = 1",
                                "outputs": [], "execution_count": None})  # fmt: skip
    assert_all_is_earned(marking.mark("variant3", json.dumps(written).encode()))


@pytest.mark.parametrize(
    "metadata",
    [{"tags": 3}, {"tags": {"course": 1}}, {"tags": [[], {}]}, {"jupyter": []}],
    ids=str,
)
def test_metadata_of_any_form_on_a_test_cell_is_passed_over(metadata, marking) -> None:
    notebook = reference()
    written = _written(notebook)
    place = notebook.cells.index(_cell(notebook, "test_total"))
    written["cells"][place]["metadata"].update(metadata)
    outcome = marking.mark("variant3", json.dumps(written).encode())
    assert_all_is_earned(outcome)


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "heading", "source": "a"},
        {"cell_type": 3, "source": "a"},
        {"cell_type": [], "source": "a"},
        {"cell_type": "code"},
        {"cell_type": "code", "source": 5},
        {"cell_type": "code", "source": {"a": 1}},
        {"cell_type": "code", "source": [1, 2]},
        {"cell_type": "code", "source": None},
        {"cell_type": "code", "source": "1", "metadata": []},
        {"cell_type": "code", "source": "1", "metadata": None},
        {"cell_type": "markdown", "source": "1", "attachments": 5},
        {"cell_type": "code", "source": "1", "outputs": 5},
        {"cell_type": "code", "source": "1", "outputs": [{"output_type": "nothing"}]},
        {"cell_type": "code", "source": "1", "id": 5},
        {"cell_type": "code", "source": "1", "id": "i" * 10_000},
        {"cell_type": "code", "source": "1", "id": "with a space\n"},
        {"cell_type": "code", "source": "1", "id": ""},
        {"cell_type": "code", "source": "1", "id": "course-setup"},
        {},
        [],
        5,
        None,
    ],
    ids=lambda cell: str(cell)[:60],
)
def test_a_cell_of_any_form_is_passed_over_or_the_notebook_is_unreadable(cell, marking) -> None:
    written = _written(reference())
    if isinstance(cell, dict) and cell:
        cell = {"metadata": {}, "outputs": [], "execution_count": None, "id": "own", **cell}
    written["cells"].insert(3, cell)

    outcome = marking.mark("variant3", json.dumps(written).encode())

    if outcome.unreadable is None:
        assert_all_is_earned(outcome)
    assert outcome.unreadable in (None, "not_a_notebook")


@pytest.mark.parametrize(
    ("fault", "content"),
    [
        ("not_json", b""),
        ("not_json", b"{"),
        ("not_json", '{"cells": "Ответ'.encode()[:-1]),
        ("other_encoding", '{"cells": "Ответ"}'.encode("cp1251")),
        ("not_json", b"\x00" * 1000),
        ("zipped", b"PK\x03\x04 a zip"),
        ("too_deep", b"[" * 100_000),
        ("not_a_notebook", b"5"),
        ("not_a_notebook", b"[]"),
        ("not_a_notebook", b'{"cells": 3}'),
        ("not_a_notebook", b'{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}'),
        ("foreign", b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_no_notebook_is_named(fault, content, marking) -> None:
    outcome = marking.mark("variant3", content)
    assert outcome.broken == ""
    assert outcome.unreadable == fault


def test_the_notebook_of_another_assignment_is_named(marking) -> None:
    """They have an answer of the same name, `login`."""
    outcome = marking.mark("variant3", nbformat.writes(reference("variant2")).encode())
    assert outcome.unreadable == "foreign"


def test_a_notebook_without_the_tests_is_the_assignments_all_the_same(marking) -> None:
    notebook = reference()
    notebook.cells = [cell for cell in notebook.cells if not is_test(cell)]
    assert marking.mark("variant3", notebook).unreadable is None


@pytest.mark.parametrize(
    ("fault", "more"),
    [
        ("too_large", "[" + "[]," * 20_000_000 + "[]]"),
        ("too_many_values", "[" + "[]," * 3_000_000 + "[]]"),
        ("too_many_values", '["' + '","' * 3_000_000 + '"]'),
        ("too_many_values", "{" + '"a":{},' * 1_000_000 + '"a":0}'),
        ("too_deep", "[" * 500 + "]" * 500),
        (None, "[" + "[]," * 100_000 + "[]]"),
        (None, '"' + "\\\\" * 7_000_000 + '"'),
        (None, '"' + "a" * 14_000_000 + '\N{GRINNING FACE}"'),
        (None, "1" * 4_000),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_a_notebook_holds_is_bounded_before_it_is_parsed(fault, more, marking) -> None:
    content = nbformat.writes(reference()).replace("{", f'{{"more": {more},', 1)
    outcome = marking.mark("variant3", content.encode())
    if fault is None:
        assert_all_is_earned(outcome)
    assert outcome.broken == "" and outcome.peak_mb < MOST_MEGABYTES
    assert outcome.unreadable == fault


def test_a_notebook_of_three_thousand_cells_is_told_in_one_line(marking) -> None:
    notebook = reference()
    notebook.cells += [_cell(notebook, "test_total")] * 3_000
    assert marking.mark("variant3", json.dumps(notebook).encode()).unreadable == "too_many_cells"


def test_of_a_hundred_copies_of_a_test_one_is_told(marking) -> None:
    notebook = reference()
    notebook.cells += [_cell(notebook, "test_total")] * 100
    outcome = marking.mark("variant3", json.dumps(notebook).encode())
    assert_the_grader_is_well(outcome)
    assert outcome.repairs.count(("duplicated", "test_total")) == 1


def test_what_all_cells_show_together_is_bounded(marking) -> None:
    notebook = reference()
    own = [new_code_cell("print('o' * 2_000_000)", id=f"own-{number}") for number in range(12)]
    notebook.cells += [*own, new_code_cell("print('the last')", id="own-last")]

    outcome = marking.mark("variant3", notebook)

    assert outcome.broken == "" and outcome.lost == (own_test("variant3"),)
    assert 2 * MEGABYTE < len(outcome.text) < 18 * MEGABYTE
    assert "the notebook shows more than 16 MB" in outcome.text and "the last\\n" in outcome.text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-32"])
def test_a_notebook_in_another_encoding_is_read(encoding, marking) -> None:
    content = json.dumps(_written(reference()), ensure_ascii=False).encode(encoding)
    assert_all_is_earned(marking.mark("variant3", content))


def test_half_a_character_in_a_source_is_marked_and_can_be_written(marking) -> None:
    notebook = reference()
    _cell(notebook, "conclusion").source = "\ud800"
    notebook.cells.insert(3, new_code_cell("'\udfff'", id="own"))
    assert_all_is_earned(marking.mark("variant3", json.dumps(notebook).encode()))


def test_thirty_megabytes_of_outputs_are_not_kept(marking) -> None:
    notebook = reference()
    flood = [nbformat.v4.new_output("stream", text="o" * 2**20)] * 10
    for name in ("conv2d_params", "params_run", "test_total"):
        _cell(notebook, name).outputs = flood
    assert_all_is_earned(marking.mark("variant3", notebook))


def test_outputs_handed_in_are_no_marks(marking) -> None:
    notebook = reference()
    _cell(notebook, "conv2d_params").source = "pass"
    passed = nbformat.v4.new_output("execute_result", data={"text/plain": "2"}, execution_count=1)
    _cell(notebook, "test_conv2d_params").outputs = [passed]

    outcome = marking.mark("variant3", notebook)

    assert_the_grader_is_well(outcome)
    assert outcome.lost == ("test_conv2d_params", own_test("variant3"))


@pytest.mark.parametrize(
    "outputs",
    [5, None, [5], [{}], [{"output_type": "stream", "name": "stdout", "text": 5}],
     [{"output_type": "stream", "name": "stdout", "text": "\ud800"}],
     [{"output_type": "display_data", "data": {"text/html": {"a": 1}}, "metadata": []}],
     [{"output_type": "error", "ename": "CouldNotTell", "evalue": "", "traceback": []}]],
    ids=lambda outputs: str(outputs)[:50],
)  # fmt: skip
def test_outputs_of_any_form_are_shown_or_left_out(outputs, marking) -> None:
    written = _written(reference())
    for cell in written["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = outputs
    assert_all_is_earned(marking.mark("variant3", json.dumps(written).encode()))


def test_another_kernel_is_passed_over(marking) -> None:
    notebook = reference()
    notebook.metadata.kernelspec = {"name": "bash", "display_name": "Bash", "language": "bash"}
    notebook.metadata.language_info = {"name": "R"}
    outcome = marking.mark("variant3", notebook)
    assert_all_is_earned(outcome)
    assert json.loads(outcome.text)["metadata"]["kernelspec"]["language"] == "python"


@pytest.mark.parametrize("metadata", [[], None, 5, {"kernelspec": []}, {"language_info": 3}], ids=str)
def test_notebook_metadata_of_any_form_is_passed_over_or_unreadable(metadata, marking) -> None:
    written = _written(reference()) | {"metadata": metadata}
    outcome = marking.mark("variant3", json.dumps(written).encode())
    if outcome.unreadable is None:
        assert_all_is_earned(outcome)
    assert outcome.unreadable in (None, "not_a_notebook")


def test_the_older_format_is_read(marking) -> None:
    older = nbformat.convert(reference(), 3)
    assert_all_is_earned(marking.mark("variant3", json.dumps(older).encode()))


@pytest.mark.parametrize("ids", ["same", "long", "none"])
def test_ids_of_cells_may_be_anything(ids, marking) -> None:
    written = _written(reference())
    for cell in written["cells"]:
        if ids == "none":
            del cell["id"]
        else:
            cell["id"] = "i" * (10_000 if ids == "long" else 5)
    assert_all_is_earned(marking.mark("variant3", json.dumps(written).encode()))


@pytest.mark.parametrize(
    "name", ["torch.py", "sitecustomize.py", "autograder/__init__.py", "json.py", "numpy/__init__.py"]
)
def test_a_module_beside_the_notebook_is_not_imported_by_the_grader(name, marking) -> None:
    content = b"import os\nos._exit(1)"
    assert_all_is_earned(marking.mark("variant3", reference(), {name: content}))


@pytest.mark.parametrize("name", ["../out", "/etc/passwd", "a/../../b", "nul\0", "n" * 300, ".", ""])
def test_a_file_of_any_name_beside_the_notebook_does_no_harm(name, marking) -> None:
    assert_all_is_earned(marking.mark("variant3", reference(), {name: b"content"}))


def test_files_larger_than_the_scratch_do_not_hang_the_grader(marking) -> None:
    outcome = marking.mark("variant3", reference(), {f"file{each}": bytes(2**26) for each in range(9)})
    assert outcome.broken == ""


def test_two_hundred_own_cells_are_run(marking) -> None:
    notebook = reference()
    notebook.cells[3:3] = [new_code_cell(f"y{number} = 1", id=f"own{number}") for number in range(200)]
    assert_all_is_earned(marking.mark("variant3", notebook))


def _cell(notebook, name: str):
    return next(cell for cell in notebook.cells if name_of(cell) == name)


def _retype(cell, kind: str) -> None:
    cell.cell_type = kind
    for field in ("outputs", "execution_count"):
        cell.pop(field, None)


def _written(notebook) -> dict:
    return json.loads(nbformat.writes(notebook))
