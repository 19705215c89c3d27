"""Lessons are released beside the assignments, run in each language, with what they show."""

from pathlib import Path
from shutil import copy
from zipfile import ZipFile

import nbformat
import pytest
from lab_rules import write_rules
from nbformat.v4 import new_output

from autograder.course.faults import ReleaseError
from autograder.course.languages import foreign_output
from autograder.course.lessons import lesson_faults
from autograder.course.release import release
from autograder.course.runs import raised
from autograder.folders import files_in
from autograder.languages import LANGUAGES

from .made_notebooks import DOUBLE, REAL_SETUP, SETUP, answer_cell, code, course_notebook, notebook, text

CONFIGURATION = Path(__file__).parents[2] / "nbgrader_config.py"
IN_ITS_LANGUAGE = REAL_SETUP.replace("notebook()", "notebook(language)")
FIGURE = """import matplotlib.pyplot as plt
plt.close(plt.figure())
from autograder.figures import explore, parameter_bars
explore(lambda budget: parameter_bars({"conv": 896}, budget, language), budget=(1, 2000, 1000))"""


def lesson(*more):
    return notebook(
        text("# Урок\n$2x$", "ru"),
        text("# A lesson\n$2x$", "en"),
        code("language = 'ru'", "ru"),
        code("language = 'en'", "en"),
        code("print({'en': 'two', 'ru': chr(0x434) + chr(0x432) + chr(0x430)}[language])"),
        *more,
    )


def exercise(check="check.equal(answer.double, (2,), 4)"):
    return code(SETUP), code(DOUBLE), code(check, "check")


def noted(note):
    cell = code("1")
    cell.metadata["note"] = note
    return cell


def write_course(root: Path, *lessons) -> Path:
    copy(CONFIGURATION, root)
    for folder in ("source/double", "notebooks"):
        (root / folder).mkdir(parents=True)
    nbformat.write(course_notebook(), root / "source" / "double" / "double.ipynb")
    for number, each in enumerate(lessons, 1):
        nbformat.write(each, root / "notebooks" / f"{number}_lesson.ipynb")
    return root


def released(root: Path, language: str):
    return nbformat.read(root / "release" / language / "lessons" / "1_lesson.ipynb", as_version=4)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A released course with two lessons, and what was written where."""
    cells = [code(FIGURE), code("open('left', 'w').close()"), code("print('fact')", "predicted"), *exercise()]
    with_rules = code(f"{IN_ITS_LANGUAGE}import rules\ncheck.use(rules)\ncheck.gives_even(lambda number: 2 * number, 3)")
    root = write_course(tmp_path_factory.mktemp("course"), lesson(*cells), lesson(with_rules))
    write_rules(root / "notebooks")
    release(root)
    return root


@pytest.mark.parametrize(
    ("language", "heading", "said"), [("ru", "# Урок\n$2x$", "два\n"), ("en", "# A lesson\n$2x$", "two\n")]
)
def test_a_lesson_is_released_in_each_language_with_its_outputs(course, language, heading, said):
    cells = released(course, language).cells
    assert [cell.source for cell in cells[:2]] == [heading, f"language = '{language}'"]
    assert cells[2].outputs == [new_output("stream", name="stdout", text=said)]
    (figure,) = cells[3].outputs
    assert set(figure.data) == {"image/png", "text/plain"} and figure.metadata == {"image/png": {"width": 700}}
    assert {tag for cell in cells[:5] for tag in cell.metadata.get("tags", [])} == {language}


def test_what_is_to_be_predicted_and_what_solves_an_exercise_is_withheld(course):
    predicted, _setup, stub, check = released(course, "en").cells[5:]
    assert predicted.source == "print('fact')" and predicted.outputs == []
    assert stub.source == "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    assert check.outputs == [] and check.execution_count is None
    assert all("raises-exception" in cell.metadata.tags for cell in (stub, check))  # the rest runs all the same


def test_a_lesson_may_have_rules_of_its_own(course):
    path = course / "release" / "en" / "lessons" / "2_lesson.ipynb"
    (said,) = nbformat.read(path, as_version=4).cells[-1].outputs
    assert said.text == "✓ Evenness: 6 is even\n"


def test_nothing_of_the_run_but_its_outputs_is_released(course):
    lessons = [f"lessons/{name}" for name in ("1_lesson.ipynb", "2_lesson.ipynb", "rules.py", "rules.ru.po")]
    assert sorted(files_in(course / "release" / "ru")) == ["double/double.ipynb", *lessons]
    source = nbformat.read(course / "notebooks" / "1_lesson.ipynb", as_version=4)
    assert released(course, "ru").metadata == source.metadata
    assert all("execution" not in cell.metadata for cell in released(course, "ru").cells)


def test_figures_differ_by_language(course):
    russian, english = (released(course, language).cells[3].outputs[0].data["image/png"] for language in ("ru", "en"))
    assert russian != english


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_archive_holds_the_lessons(course, language):
    with ZipFile(course / "dist" / f"convlab-{language}.zip") as archive:
        packed = archive.read(f"convlab-{language}/lessons/1_lesson.ipynb")
    assert packed == (course / "release" / language / "lessons" / "1_lesson.ipynb").read_bytes()


def test_naming_an_assignment_leaves_the_lessons(course):
    before = files_in(course / "release")
    release(course, ["double"], archives=False)
    assert files_in(course / "release") == before


@pytest.mark.parametrize("folder", [True, False])
def test_a_course_without_lessons_is_released(tmp_path, folder):
    write_course(tmp_path)
    if not folder:
        (tmp_path / "notebooks").rmdir()
    release(tmp_path, languages=["en"], archives=False)
    assert sorted(files_in(tmp_path / "release")) == ["en/double/double.ipynb"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([text("Слова", "ru")], ["notebooks/1_lesson.ipynb", "no English twin"]),
        ([text("Два $x$", "ru"), text("Two", "en")], ["notebooks/1_lesson.ipynb", "not the same formulas"]),
        ([code("# Слова")], ["release/en/lessons/1_lesson.ipynb", "release/ru/lessons/1_lesson.ipynb", "not in its language"]),
        ([answer_cell("two", "1")], ["notebooks/1_lesson.ipynb, cell two", "a graded cell"]),
        (exercise()[:2], ["notebooks/1_lesson.ipynb", "no check follows the exercise"]),
        ([code("check.predict(..., 2 + 2)")], ["notebooks/1_lesson.ipynb", "Tag the cell `predicted`"]),
        ([*exercise(), noted("twice = x + x")], ["a line withheld from students"]),
        (exercise("check.equal(double, (2,), 4)"), ["it reaches `double` directly"]),
        ([code(REAL_SETUP), code("check.output_siz")], ["1_lesson.ipynb, cell ", "no rule `check.output_siz`", "`check.output_size`"]),
    ],
)  # fmt: skip
def test_a_lesson_with_a_fault_is_named_and_nothing_is_released(tmp_path, cells, said):
    refused = refused_release(write_course(tmp_path, lesson(*cells)), LANGUAGES)
    assert all(words in str(refused) for words in said)


def test_each_lesson_that_shows_a_fault_when_it_runs_is_named_and_nothing_is_released(tmp_path):
    faulty = {
        "raises ZeroDivisionError: division by zero": [code("1 / 0")],
        "in en the cell shows": [code("print(chr(0x434))")],
        "unfilled, the test passes": exercise("print(answer.double is None)"),
        "raises AssertionError": exercise("check.equal(answer.double, (2,), 5)"),
        "raises NotImplementedError": [*exercise(), code("print(double(2))")],
    }
    refused = refused_release(write_course(tmp_path, *(lesson(*cells) for cells in faulty.values())), ["en"])
    for number, said in enumerate(faulty, start=1):
        file = f"release/en/lessons/{number}_lesson.ipynb"
        assert any(said in str(fault) for fault in refused.faults if fault.file == file), file


def refused_release(root, languages):
    with pytest.raises(ReleaseError) as raised:
        release(root, languages=languages, archives=False)
    assert files_in(root / "release") == {}
    return raised.value


def executed(output, *tags):
    book = notebook(code("1", *tags))
    book.cells[0].outputs = [output]
    return book


ERROR = new_output("error", ename="RuntimeError", evalue="channels do not fit")


def test_a_cell_that_is_tagged_so_may_raise():
    assert raised("r.ipynb", executed(ERROR, "raises-exception")) == []
    (fault,) = raised("r.ipynb", executed(ERROR))
    assert "RuntimeError" in fault.problem


@pytest.mark.parametrize(
    "output",
    [
        new_output("stream", text="два"),
        new_output("execute_result", data={"text/plain": "'два'"}),
        new_output("display_data", data={"text/plain": "table", "text/html": "<td>два</td>"}),
    ],
)
def test_russian_letters_in_an_english_output_are_a_fault(output):
    assert foreign_output("r.ipynb", executed(output), "ru") == []
    assert len(foreign_output("r.ipynb", executed(output), "en")) == 1


def test_pictures_are_not_taken_for_text():
    picture = new_output("display_data", data={"image/png": "iVBORw0KGgo=", "text/plain": "<Picture>"})
    assert foreign_output("r.ipynb", executed(picture), "en") == []


def test_a_lesson_whose_rules_are_not_there_has_one_fault(tmp_path):
    setup = REAL_SETUP + "import rules\ncheck.use(rules)"
    root = write_course(tmp_path, notebook(*lesson().cells, code(setup), code(DOUBLE), code("check.own(answer.double)", "check")))
    [fault] = lesson_faults(root, LANGUAGES)
    assert str(fault).startswith("notebooks/1_lesson.ipynb, cell code") and "it imports rules.py, which does not" in str(fault)
