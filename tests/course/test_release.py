"""A release is proved before it takes the place of the one before."""

from importlib import metadata
from pathlib import Path
from shutil import copy, rmtree
from zipfile import ZipFile

import nbformat
import pytest
from lab_rules import RULES, write_rules

from autograder.checks.messages import _
from autograder.course.archive import pack
from autograder.course.build import DROPS_LANGUAGES
from autograder.course.faults import Fault, ReleaseError
from autograder.course.prove import cells_without_id, differences
from autograder.course.release import release
from autograder.folders import files_in

from .made_notebooks import REAL_SETUP, REAL_TEST, SETUP, TEST, answer_cell, checking_cell, course_notebook, text

CONFIGURATION = Path(__file__).parents[2] / "nbgrader_config.py"


def write_course(root: Path, notebook=None) -> Path:
    copy(CONFIGURATION, root)
    (root / "source" / "double").mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook or course_notebook(), root / "source" / "double" / "double.ipynb")
    return root


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = write_course(tmp_path_factory.mktemp("course"))
    release(root)
    return root


def test_each_language_is_released_without_the_other(course):
    for language, heading in (("ru", "# Удвоение\n$2x$"), ("en", "# Doubling\n$2x$")):
        notebook = nbformat.read(course / "release" / language / "double" / "double.ipynb", as_version=4)
        assert notebook.cells[0].source == heading
        assert {tag for cell in notebook.cells for tag in cell.metadata.get("tags", [])} == {language}
        assert notebook.cells[-1].source == "✍ …"


def test_nothing_but_the_release_the_archives_and_what_was_proved_is_written(course):
    assert {path.name for path in course.iterdir()} == {"nbgrader_config.py", "source", "release", "dist", ".proved"}
    assert sorted(path.name for path in (course / "release").iterdir()) == ["en", "ru"]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_archive_holds_what_a_student_needs_and_no_more(course, language):
    with ZipFile(course / "dist" / f"convlab-{language}.zip") as archive:
        top, names = f"convlab-{language}/", archive.namelist()
        wheel = next(name for name in names if name.endswith(".whl"))
        assert sorted(names) == sorted(
            [top + "README.md", top + "requirements.txt", top + "double/double.ipynb", wheel]
        )
        assert Path(wheel).name in archive.read(top + "requirements.txt").decode()
        with archive.open(wheel) as file, ZipFile(file) as package:
            assert {Path(name).parts[0].split("-")[0] for name in package.namelist()} == {"autograder", "convlab"}


def test_how_to_begin_names_the_course_and_what_is_packed_and_no_lessons_where_there_are_none(course):
    with ZipFile(course / "dist" / "convlab-en.zip") as archive:
        told = archive.read("convlab-en/README.md").decode()
    assert told.startswith("# convlab: how to begin\n")
    assert "Open\n`double/double.ipynb`, read from the top" in told
    assert "autograder check double/double.ipynb\n" in told
    assert "lessons" not in told and "variant" not in told


@pytest.mark.parametrize(("language", "both"), [("ru", "`a/a.ipynb` или `b/b.ipynb`"), ("en", "`a/a.ipynb` or `b/b.ipynb`")])
def test_how_to_begin_names_each_assignment_and_the_lessons(tmp_path, language, both):
    wheel = tmp_path / "convlab.whl"
    wheel.write_bytes(b"the package")
    notebooks = dict.fromkeys(["a/a.ipynb", "a/rules.py", "b/b.ipynb", "lessons/1_first.ipynb"], b"")
    with ZipFile(pack(notebooks, language, "Мой курс", wheel, tmp_path)) as archive:
        told = archive.read(f"convlab-{language}/README.md").decode()
    assert told.startswith("# Мой курс: ") and both in told and "`lessons`" in told


def test_where_no_archive_can_lie_nothing_is_released(tmp_path):
    root = write_course(tmp_path)
    (root / "release" / "ru").mkdir(parents=True)
    (root / "release" / "ru" / "before").write_text("still here")
    (root / "dist").write_text("a file")
    with pytest.raises(ReleaseError, match=r"^dist: the system refuses access \(File exists\)\. Give yourself the right"):
        release(root)
    assert files_in(root / "release") == {"ru/before": b"still here"}


def test_a_file_that_can_not_be_read_is_named(tmp_path):
    root = write_course(tmp_path)
    (root / "source" / "double" / "double.ipynb").unlink()
    (root / "source" / "double" / "double.ipynb").mkdir()
    with pytest.raises(ReleaseError, match=r"^source/double/double\.ipynb: the system refuses access \(Is a directory\)"):
        release(root, archives=False)


def test_a_configuration_that_may_not_be_read_is_named(tmp_path, monkeypatch):
    root, read = write_course(tmp_path), Path.read_bytes

    def refused(path):
        if path.name == "nbgrader_config.py":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(ReleaseError, match=r"^nbgrader_config\.py: the system refuses access \(Permission denied\)"):
        release(root, archives=False)


def test_an_english_notebook_that_speaks_russian_is_a_fault(tmp_path):
    notebook = course_notebook(setup=REAL_SETUP, test=f"{REAL_TEST}\nprint('\\u0412' if check.language == 'ru' else 'R')")
    with pytest.raises(ReleaseError) as raised:
        release(write_course(tmp_path, notebook), languages=["en"], archives=False)
    [fault] = raised.value.faults
    assert str(fault).startswith("source/double/double.ipynb, cell test_double: in en the cell shows text that is not in")


LOGIN = 'login = ""\n### BEGIN SOLUTION\nlogin = "ivan"\n### END SOLUTION'


def test_part_of_the_points_and_numbers_of_each_students_own_are_released_as_the_pages_say(tmp_path):
    part = "right = sum(answer.double(number) == 2 * number for number in range(4))\nright / 4"
    own = 'number = check.drawn(answer.login, (3, 5), "my-lab")\nassert answer.double(number) == 2 * number'
    notebook = course_notebook(setup=REAL_SETUP, test=part)
    notebook.cells += [answer_cell("login", LOGIN), checking_cell("test_login", own)]
    assert release(write_course(tmp_path, notebook), languages=["en"], archives=False).folders


def test_an_error_of_a_labs_rule_is_told_by_its_line(tmp_path):
    rules = RULES.replace("    if not is_number(found)", "    found / 0\n    if not is_number(found)")
    setup = 'import rules\nfrom autograder.checks import notebook\nanswer, check = notebook("en")\ncheck.use(rules)\n'
    root = write_course(tmp_path, course_notebook(setup=setup, test="check.gives_even(answer.double, 3)"))
    write_rules(root / "source" / "double", rules)
    with pytest.raises(ReleaseError) as raised:
        release(root, languages=["en"], archives=False)
    line = rules.splitlines().index("    found / 0") + 1
    assert [str(fault) for fault in raised.value.faults] == [
        f"source/double/rules.py: line {line}, in `gives_even`, raises ZeroDivisionError: division by zero. "
        "Let the rule return a verdict, whatever comes back (cell test_double asks for it)."
    ]


@pytest.mark.parametrize(
    ("used", "rules", "said"),
    [
        ("import rules\ncheck.use(rules)\n", None, ": it imports rules.py, which does not lie beside the notebook."),
        ("", RULES, ", cell test_double: it asks for `check.gives_even`, and no cell puts rules.py to use."),
    ],
)
def test_rules_that_are_not_there_or_not_used_are_one_fault(tmp_path, used, rules, said):
    root = write_course(tmp_path, course_notebook(setup=REAL_SETUP + used, test="check.gives_even(answer.double, 3)"))
    if rules:
        write_rules(root / "source" / "double", rules)
    with pytest.raises(ReleaseError) as raised:
        release(root, archives=False)
    [fault] = raised.value.faults
    assert said in str(fault)


def test_releasing_again_gives_the_same_bytes(course):
    before = files_in(course / "release") | files_in(course / "dist")
    release(course)
    assert differences(before, files_in(course / "release") | files_in(course / "dist")) == []


@pytest.mark.parametrize(
    ("wheel", "said"),
    [
        (None, "not installed from a clone of its repository"),
        ("convlab.whl", "convlab.whl: this is not the name of a wheel"),
        ("convlab-0.0.1-py3-none-any.whl", "this is the wheel of convlab 0.0.1"),
        (f"convlab-{metadata.version('convlab')}-py3-none-any.whl", "there is no such file"),
    ],
)
def test_archives_that_can_not_be_packed_are_refused_before_anything_is_built(tmp_path, monkeypatch, wheel, said):
    monkeypatch.setattr("autograder.course.archive.REPOSITORY", tmp_path)
    with pytest.raises(ReleaseError, match=said):
        release(write_course(tmp_path), wheel=wheel and tmp_path / wheel)
    assert not (tmp_path / "release").exists()


@pytest.mark.parametrize("second", [{}, {"a": b"2"}, {"a": b"1", "b": b"1"}])
def test_two_builds_that_differ_are_a_fault(second):
    assert len(differences({"a": b"1"}, second)) == 1


def with_id(cell, identifier):
    cell.id = identifier
    return cell


def old(cell):
    cell.metadata.nbgrader.schema_version = 1
    return cell


def faulty(*cells):
    notebook = course_notebook()
    notebook.cells[1:1] = cells
    return notebook


@pytest.mark.parametrize(
    ("notebook", "said"),
    [
        (faulty(text("Слова", "ru")), ["no English twin"]),
        (faulty(answer_cell("two", "def two(")), ["cell two: it is not Python", "line 1"]),
        (faulty(with_id(answer_cell("double", "1"), "other")), ["double.ipynb, cell double: 2 cells have this name"]),
        (faulty(checking_cell("two", "1", points="2")), ["cell two: nbgrader can't read what it is ('2' is not of type"]),
        (faulty(old(answer_cell("two", "2"))), ["cell two: its nbgrader metadata is of another version"]),
        (faulty(checking_cell("test_two", "answer.two.x = 3"), text("Untold")), ["answer.two.x", "no language"]),
    ],
)
def test_a_release_with_faults_names_them_all_and_leaves_the_one_before(tmp_path, notebook, said):
    write_course(tmp_path, notebook)
    (tmp_path / "release" / "ru").mkdir(parents=True)
    (tmp_path / "release" / "ru" / "before").write_text("still here")
    with pytest.raises(ReleaseError) as raised:
        release(tmp_path, archives=False)
    assert all(words in str(raised.value) for words in said)
    assert files_in(tmp_path / "release") == {"ru/before": b"still here"}


def test_a_file_that_gives_the_answer_away_is_not_released(tmp_path):
    write_course(tmp_path)
    (tmp_path / "source" / "double" / "notes.txt").write_text("twice = x + x")
    with pytest.raises(ReleaseError, match="release/ru/double/notes.txt: a line withheld"):
        release(tmp_path, archives=False)


def test_naming_an_assignment_leaves_the_others(tmp_path):
    write_course(tmp_path)
    (tmp_path / "release" / "en" / "other").mkdir(parents=True)
    (tmp_path / "release" / "en" / "other" / "other.ipynb").write_text("other")
    release(tmp_path, ["double"], ["en"], archives=False)
    assert sorted(files_in(tmp_path / "release")) == ["en/double/double.ipynb", "en/other/other.ipynb"]
    released = release(tmp_path, languages=["en"], archives=False)
    assert sorted(files_in(tmp_path / "release")) == ["en/double/double.ipynb"]
    assert released.folders == (tmp_path / "release" / "en",)


def test_running_shows_a_wrong_reference_and_a_test_that_passes_unfilled(tmp_path):
    notebook = course_notebook()
    notebook.cells[4].source = notebook.cells[4].source.replace("x + x", "x + 3")
    notebook.cells.append(checking_cell("test_nothing", "check"))
    with pytest.raises(ReleaseError) as raised:
        release(write_course(tmp_path, notebook), languages=["en"], archives=False)
    assert {(fault.file, fault.cell) for fault in raised.value.faults} == {
        ("release/en/double/double.ipynb", "test_nothing"),
        ("source/double/double.ipynb", "test_double"),
    }


def test_only_what_rests_on_something_else_is_run_again(tmp_path, monkeypatch):
    root, ran = tmp_path / "course", tmp_path / "ran"
    root.mkdir()
    notebook = course_notebook(f"open({str(ran)!r}, 'a').write('.')\n{SETUP}")

    def runs() -> int:
        """How many notebooks a release runs."""
        ran.write_text("")
        write_course(root, notebook)
        release(root, languages=["en"], archives=False)
        return len(ran.read_text())

    both = ["unfilled", "with the reference answers"]
    assert [runs(), runs()] == [len(both), 0]
    notebook.cells[4].source = notebook.cells[4].source.replace("x + x", "2 * x")
    assert [runs(), runs()] == [1, 0]  # what a student gets is the same
    (root / "source" / "double" / "beside.txt").write_text("read by some cell, for all we know")
    assert [runs(), runs()] == [len(both), 0]

    kept = next((root / ".proved" / "unfilled").rglob("*.ipynb"))
    kept.write_bytes(kept.read_bytes().replace(b"NotAnswered", b"NotAnswerd"))
    assert [runs(), runs()] == [1, 0]
    monkeypatch.setattr("autograder.course.kept.digest_of_environment", lambda _without: "another version of the package")
    assert [runs(), runs()] == [len(both), 0]
    rmtree(root / ".proved")
    assert runs() == len(both)


def test_what_is_not_proved_is_run_again(tmp_path):
    notebook = course_notebook()
    notebook.cells.append(checking_cell("test_nothing", "check"))
    write_course(tmp_path, notebook)
    for _again in range(2):
        with pytest.raises(ReleaseError, match="test_nothing: unfilled, the test passes"):
            release(tmp_path, languages=["en"], archives=False)


def test_a_release_proves_the_tasks_of_a_students_own(tmp_path, monkeypatch):
    monkeypatch.setattr("autograder.course.own_tasks.drawn_logins", lambda: ["ivan"])
    notebook = course_notebook(test=f"{TEST}\n# as check.own_size(answer.Net, answer.login) would")
    release(write_course(tmp_path, notebook), languages=["en"], archives=False)
    assert [path.name for path in (tmp_path / ".proved" / "own-tasks" / "own_size").iterdir()] == ["ivan"]


@pytest.mark.parametrize("ids", [["a", None], ["a", "a"], [None, None]])
def test_a_cell_without_an_id_of_its_own_is_a_fault(ids):
    cells = [{"id": identifier} if identifier else {} for identifier in ids]
    assert len(cells_without_id("s.ipynb", {"cells": cells})) == 1
    assert cells_without_id("s.ipynb", {"cells": cells[:1]}) == [] or ids[0] is None


def test_a_course_or_assignment_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ReleaseError, match="nbgrader_config.py: it is not here"):
        release(tmp_path)
    copy(CONFIGURATION, tmp_path)
    with pytest.raises(ReleaseError, match="holds no assignment"):
        release(tmp_path)
    with pytest.raises(ReleaseError, match="source/dubble: there is no such assignment. There are: double"):
        release(write_course(tmp_path), ["dubble"])
    (tmp_path / "source" / "double" / "double.ipynb").write_text("no notebook")
    with pytest.raises(ReleaseError, match="can't be read as a notebook"):
        release(tmp_path)


@pytest.mark.parametrize("mistake", ["c.Foo = (", "import nowhere"])
def test_a_configuration_that_can_not_be_read_is_named(tmp_path, mistake):
    configuration = write_course(tmp_path) / "nbgrader_config.py"
    configuration.write_text(f"c = get_config()\n{mistake}\n")
    with pytest.raises(ReleaseError, match=r"nbgrader_config\.py: it can't be read \((SyntaxError|ModuleNotFoundError): "):
        release(tmp_path, archives=False)


def test_a_configuration_that_leaves_both_languages_in_is_given_the_lines_that_drop_one(tmp_path):
    configuration = write_course(tmp_path) / "nbgrader_config.py"
    configuration.write_text("c = get_config()\n")
    with pytest.raises(ReleaseError) as raised:
        release(tmp_path, archives=False)
    (fault,) = raised.value.faults
    assert (fault.file, fault.told.text("en")) == ("nbgrader_config.py", "it lets the cells of both languages into each release")

    configuration.write_text("\n".join(["c = get_config()", *fault.lines]))
    assert release(tmp_path, ["double"], ["en"], archives=False).folders
    assert fault.lines == DROPS_LANGUAGES


def test_a_fault_is_told_once_and_ends_with_one_full_stop():
    quoting = Fault("a.py", "", _("the cell raises {error}", error="ValueError: no numbers."), _("Correct it"))
    assert str(ReleaseError([quoting, quoting])) == "a.py: the cell raises ValueError: no numbers. Correct it."
