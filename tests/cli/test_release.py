"""`autograder release`: what was released, or what is wrong with the course."""

from pathlib import Path
from shutil import copy

from course.made_notebooks import course_notebook
from grading.small_course import make_course, source_notebook, write

CONFIGURATION = Path(__file__).parents[2] / "nbgrader_config.py"


def test_a_course_that_can_be_proved_is_released(run, tmp_path):
    copy(CONFIGURATION, tmp_path)
    write(course_notebook(), tmp_path / "source" / "double" / "double.ipynb")

    result = run("release", folder=tmp_path)

    assert result.exit_code == 0, result.output
    for line in ("✓ release/ru", "✓ release/en", "✓ dist/convlab-ru.zip", "Proved: "):
        assert line in result.output


def test_faults_are_named_and_nothing_is_released(run, tmp_path):
    course = make_course(tmp_path)
    source = source_notebook()
    source.cells[3].source = "assert double(x) == 6"
    write(source, course / "source" / "sums" / "sums.ipynb")

    unproved = run("release", folder=course)
    unknown = run("release", "differences", folder=course)

    assert (unproved.exit_code, unknown.exit_code) == (1, 1)
    assert "✗ source/sums/sums.ipynb" in unproved.output
    assert "Nothing was released" in unproved.output
    assert "There are: sums" in unknown.output
