"""What a lesson defines, pasted into an assignment under the name of an answer, earns nothing there."""

import ast
from pathlib import Path

import nbformat
import pytest

from autograder.cells.metadata import checks_answer, is_courses, is_grade, is_solution
from autograder.checks import notebook

COURSE = Path(__file__).parents[2]
DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)


def code_cells(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def definitions(lesson):
    """Every function, class and lambda of the lesson's reference, by name; nothing else of it is run."""
    namespace = {}
    for cell in code_cells(lesson):
        for statement in ast.parse(cell.source).body:
            if isinstance(statement, DEFINITIONS):
                exec(compile(ast.Module([statement], []), lesson.name, "exec"), namespace)
    return {name: value for name, value in namespace.items() if callable(value) and not name.startswith("_")}


def passed(assignment, answers):
    """The test cells of the assignment, hidden parts included, that these answers pass."""
    namespace = dict(answers)
    namespace["answer"], namespace["check"] = notebook("en", answers)
    found = []
    for cell in code_cells(COURSE / "source" / assignment / f"{assignment}.ipynb"):
        if is_courses(cell):
            exec(cell.source, namespace)
        elif checks_answer(cell):
            try:
                exec(cell.source, namespace)
            except Exception:
                continue
            found.append(cell.metadata.nbgrader.grade_id)
    return found


def answers_of(assignment):
    """The names that test cells reach through `answer`."""
    trees = [
        ast.walk(ast.parse(cell.source))
        for cell in code_cells(COURSE / "source" / assignment / f"{assignment}.ipynb")
        if is_grade(cell)
    ]
    return sorted(
        {
            node.attr
            for tree in trees
            for node in tree
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "answer"
        }
    )


@pytest.mark.parametrize("assignment", ["variant2", "variant3"])
def test_the_reference_earns_everything_so_the_test_can_tell(assignment):
    cells = code_cells(COURSE / "source" / assignment / f"{assignment}.ipynb")
    namespace = {}
    namespace["answer"], namespace["check"] = notebook("en", namespace)
    for cell in cells:
        if is_courses(cell) or is_solution(cell):
            exec(cell.source, namespace)
    given = {name: namespace[name] for name in answers_of(assignment)}
    tests = [cell.metadata.nbgrader.grade_id for cell in cells if is_grade(cell)]
    assert passed(assignment, given) == tests


@pytest.mark.parametrize("assignment", ["variant2", "variant3"])
@pytest.mark.parametrize("lesson", sorted((COURSE / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_nothing_that_a_lesson_defines_is_an_answer(lesson, assignment):
    asked = answers_of(assignment)
    earned = {
        name: found
        for name, value in definitions(lesson).items()
        if (found := passed(assignment, dict.fromkeys(asked, value)))
    }
    assert earned == {}
