"""`autograder release`: what was released, or what is wrong with the course."""

from concurrent.futures import ProcessPoolExecutor
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path
from shutil import copy
from zipfile import ZipFile

from course.made_notebooks import course_notebook
from grading.small_course import make_course, source_notebook, write

from autograder.cells.files import read_notebook
from autograder.cli.as_graded import rehearsal_faults

CONFIGURATION = Path(__file__).parents[2] / "nbgrader_config.py"


def test_a_course_that_can_be_proved_is_released(run, tmp_path):
    copy(CONFIGURATION, tmp_path)
    write(course_notebook(), tmp_path / "source" / "double" / "double.ipynb")

    result = run("release", folder=tmp_path)

    assert result.exit_code == 0, result.output
    for line in ("✓ release/ru", "✓ release/en", "✓ dist/convlab-ru.zip", "Proved: "):
        assert line in result.output
    assert '"double/double"' in (tmp_path / "released.json").read_text()


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


def test_faults_are_named_in_the_readers_language(run, tmp_path):
    course = make_course(tmp_path)
    source = source_notebook()
    source.cells[3].source = "assert double(x) == 6"
    write(source, course / "source" / "sums" / "sums.ipynb")

    unproved = run("release", folder=course, language="ru")
    unknown = run("release", "differences", folder=course, language="ru")

    assert "✗ source/sums/sums.ipynb, ячейка test_double: она обращается к `double` напрямую" in unproved.output
    assert "  → Пишите `answer.double`.\n" in unproved.output
    assert "✗ source/differences: такого задания нет.\n  → Есть: sums.\n" in unknown.output


def test_without_a_clone_it_is_said_first_and_archives_take_a_wheel(run, tmp_path, monkeypatch):
    course, installed = tmp_path / "course", tmp_path / "site-packages"
    monkeypatch.setattr("autograder.course.archive.REPOSITORY", installed)
    copy(CONFIGURATION, write(course_notebook(), course / "source" / "double" / "double.ipynb").parents[2])
    wheel = tmp_path / f"convlab-{metadata.version('convlab')}-py3-none-any.whl"
    other = tmp_path / "convlab-0.0.1-py3-none-any.whl"
    for path in (wheel, other):
        path.write_text("the package")

    without = run("release", folder=course)
    refused = run("release", "--wheel", other, folder=course)
    packed = run("release", "--wheel", wheel, folder=course)

    assert without.exit_code == 0, without.output
    assert without.output.startswith("– No archives are packed for students:")
    assert "`pip wheel --no-deps PATH-OF-A-CLONE`, and give it: --wheel FILE." in without.output
    assert "✓ release/ru" in without.output and "dist" not in without.output
    assert refused.exit_code == 1
    assert "this is the wheel of convlab 0.0.1" in refused.output
    assert packed.exit_code == 0 and "✓ dist/convlab-en.zip" in packed.output
    with ZipFile(course / "dist" / "convlab-en.zip") as archive:
        assert archive.read(f"convlab-en/{wheel.name}") == b"the package"


def test_what_grade_would_refuse_is_refused_by_the_release(run, tmp_path):
    run("new", "demo", folder=tmp_path)
    path = tmp_path / "source" / "demo" / "demo.ipynb"
    notebook = read_notebook(path)
    setup = next(cell for cell in notebook.cells if cell.id == "course-setup")
    setup.source = f"import rules\n{setup.source}"
    write(notebook, path)

    result = run("release", folder=tmp_path)

    assert result.exit_code == 1
    [fault] = [line for line in result.output.splitlines() if line.startswith("✗")]
    assert fault.startswith("✗ source/demo/demo.ipynb, cell course_setup: `grade`, which runs tests apart")
    assert "(ModuleNotFoundError: No module named 'rules')" in result.output
    assert "rules.py can't be imported there, its rules come from `check`." in result.output


def test_the_cell_is_named_at_which_nbgrader_stops(run, tmp_path):
    course = make_course(tmp_path)
    source = source_notebook()
    source.cells[3].source = source.cells[3].source.replace("### END HIDDEN TESTS", "")
    write(source, course / "source" / "sums" / "sums.ipynb")

    result = run("release", folder=course)

    assert result.exit_code == 1
    assert "✗ source/sums/sums.ipynb, cell test_double: nbgrader can't release it (RuntimeError: No end" in result.output


def test_a_rehearsal_that_ends_its_process_is_a_fault(tmp_path):
    course = make_course(tmp_path)
    source = source_notebook()
    source.cells[1].source = "import os\nos._exit(3)"
    write(source, course / "source" / "sums" / "sums.ipynb")
    with ProcessPoolExecutor(1, get_context("spawn")) as processes:
        [fault] = rehearsal_faults(course, "sums", processes)
    assert (fault.file, "ends the process" in fault.problem) == ("source/sums/sums.ipynb", True)
