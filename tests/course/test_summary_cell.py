"""The last cell of an assignment names each answer with every rule by which its test cells judge it."""

import ast
from pathlib import Path

import nbformat
import pytest

SOURCES = sorted((Path(__file__).parents[2] / "source").glob("*/*.ipynb"))


def calls_of_check(source: str) -> list[ast.Call]:
    """The calls of rules; `check.generator()` is none."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [call for call in calls if call.args and ast.unparse(call.func).startswith("check.")]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_the_summary_names_all_that_is_checked_and_what_is_marked_by_hand(path):
    *cells, last = nbformat.read(path, as_version=4).cells
    graded = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    checked: dict[str, list[str]] = {}
    for cell in graded:
        for call in calls_of_check(cell.source) if cell.cell_type == "code" else ():
            rules = checked.setdefault(ast.unparse(call.args[0]).removeprefix("answer."), [])
            if call.func.attr not in rules:
                rules.append(call.func.attr)
    (summary,) = calls_of_check(last.source)
    assert summary.func.attr == "summary"
    assert ast.literal_eval(summary.args[0]) == checked
    by_hand = [cell.metadata.nbgrader.grade_id for cell in graded if cell.cell_type == "markdown"]
    assert [ast.literal_eval(option.value) for option in summary.keywords] == [by_hand]
