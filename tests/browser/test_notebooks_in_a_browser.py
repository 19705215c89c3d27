"""Released notebooks do in JupyterLab what a student is told that they do."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest

from .lab import Notebook, browser, server

RELEASE = Path(__file__).parents[2] / "release" / "ru"
ANSWER, CHECK = "def output_size(", "check.output_size("
WRONG = "return (size + 2*padding - dilation*(kernel_size-1) - 1)/stride + 1"
RIGHT = "return (size + 2*padding - dilation*(kernel_size-1) - 1)//stride + 1"
OWN, OWN_CHECK = "class OwnNet(", "check.own_size("
STUB = "raise NotImplementedError()"

Open = Callable[[str], Notebook]


@pytest.fixture(scope="module")
def course(programs: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A copy of the Russian release, and where JupyterLab serves it."""
    folder = tmp_path_factory.mktemp("student") / "convlab"
    copytree(RELEASE, folder)
    with server(folder, tmp_path_factory.mktemp("home")) as address:
        yield address, folder


@pytest.fixture(scope="module")
def opened(
    programs: tuple[str, str], course: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Open]:
    """Opens a notebook by its path, in one browser for all."""
    with browser(*programs, tmp_path_factory.mktemp("profile")) as driver:
        yield lambda path: Notebook(driver, *course, path)


@pytest.mark.sampled(one_in=2, corpus="notebooks in a browser")
def test_a_lesson_runs_marks_predictions_and_an_exercise_and_redraws_a_figure(opened: Open) -> None:
    lesson = opened("lessons/1_spatial_size.ipynb")
    lesson.choose("Edit", "Clear Outputs of All Cells")
    lesson.wait(lambda lesson: not any(cell.output for cell in lesson.cells))
    lesson.choose("Run", "Run All Cells")
    # A folded cell shows neither its source nor its prompt.
    lesson.wait(lambda lesson: all(re.search(r"\d", cell.prompt) or not cell.source for cell in lesson.cells))
    assert all("ответа ещё нет" in cell.error for cell in lesson.cells if cell.error)
    assert sum(cell.figures for cell in lesson.cells) >= 1

    for guess, mark in (("my_m = 5", "✗"), ("my_m = 4", "✓")):
        lesson.write_over("my_m =", "my_m =", guess)
        lesson.run_and_advance(times=2)
        lesson.wait(lambda lesson, mark=mark: mark in lesson.cell("check.predict_size(my_m").output)
    last = STUB
    tried = ("return (n + 2*p - q) % s", "✗ lost("), ("return max(0, (n + 2*p - q) % s - p)", "✓ Ваша функция")
    for line, told in tried:
        lesson.write_over("def lost(", last, line)
        last = line
        lesson.run_and_advance(times=2)
        lesson.wait(lambda lesson, told=told: any(told in cell.output for cell in lesson.cells))
    lesson.slide("k")


@pytest.mark.sampled(one_in=2, corpus="notebooks in a browser")
def test_an_assignment_says_what_is_not_answered_what_is_wrong_and_what_is_right(opened: Open) -> None:
    assignment = opened("variant2/variant2.ipynb")
    said = assignment.validate()
    assert "The following cell failed:" in said and "ответа ещё нет" in said
    assignment.choose("Run", "Run All Cells")
    assignment.wait(lambda assignment: "ответа ещё нет" in assignment.cell(CHECK).error)
    assignment.write_over("my_sizes = {", "my_sizes = {", 'my_sizes = {"padding=0": 16, "padding=1": 16}')
    assignment.run_and_advance(times=1)
    assignment.write_over(ANSWER, STUB, WRONG)
    assignment.run_and_advance(times=2)
    assignment.wait(lambda assignment: "ответа ещё нет" not in assignment.cell(CHECK).error)
    assignment.wait(lambda assignment: "✗" in assignment.cell(CHECK).error)
    assignment.write_over(ANSWER, WRONG, RIGHT)
    assignment.run_and_advance(times=4)  # the answer, its check, a text, and the prediction beside what came out
    assignment.wait(
        lambda assignment: "✗ padding=0: вы ждали 16×16" in assignment.cell("check.predict(my_sizes").output
    )
    assert "✓" in assignment.cell(CHECK).output and not assignment.cell(CHECK).error

    assignment.write_over('login = "', 'login = "', 'login = "reference"')
    assignment.write_over('login = "', STUB, "# mine")
    assignment.run_and_advance(times=2)
    assignment.wait(lambda assignment: "3×57×57" in assignment.cell("task = own_size_task(").output)
    layers = ("self.a, self.b = nn.Conv2d(3, 8, 3, stride=2), nn.Conv2d(8, 8, 3)", "self.c = nn.Conv2d(8, 98, 3)")
    assignment.write_over(OWN, STUB, *layers)
    assignment.write_over(OWN, STUB, "return self.c(self.b(self.a(x)))")
    assignment.run_and_advance(times=2)
    assignment.wait(lambda assignment: "получено 98×24×24" in assignment.cell(OWN_CHECK).error)
    assert assignment.cell(OWN_CHECK).figures == 1
    assignment.write_over(OWN, "self.c =", "self.c = nn.Conv2d(8, 98, 2)")
    assignment.run_and_advance(times=2)
    assignment.wait(lambda assignment: "✓ Своё задание" in assignment.cell(OWN_CHECK).output)
