"""`autograder collect` and `autograder roster` as an instructor runs them."""

from datetime import datetime, timedelta

import pytest
from grading.small_course import answered
from rich.console import Console

from autograder.classroom.due import set_extension
from autograder.classroom.laying import CollectOutcome
from autograder.cli.collect import OUTCOMES, REMARKS
from autograder.cli.terminal import Terminal, message
from autograder.grading.gradebook import open_gradebook
from autograder.kinds import CollectKind
from classroom.made_downloads import MARCH, lay, make_link, make_zip

CLASS = "Фамилия;Имя;Логин\nИванов;Иван;ivanov\nПетрова;Анна;petrova\nСидоров;Пётр;sidorov\n"
FORM = "{}_assignsubmission_file/sums.ipynb"


@pytest.fixture
def listed(course, run, tmp_path):
    """The course with a class list in its gradebook."""
    done = run("roster", lay(tmp_path / "class.csv", CLASS), folder=course.root)
    told = "Students new to the gradebook: 3, changed: 0, as they were: 0.\n"
    assert (done.exit_code, done.output) == (0, told)  # and of no assignment that nobody has handed in yet
    return course


def test_a_table_says_who_when_how_late_and_what_was_odd(listed, run, tmp_path):
    with open_gradebook(listed) as gradebook:
        gradebook.update_or_create_assignment("sums", duedate="2026-02-27 10:30:00 UTC")
        set_extension(listed, gradebook, "sums", "ivanov", datetime(2026, 3, 1, 10, 30))
    files = {FORM.format(name): answered() for name in ("Иванов Иван_1", "Петрова Анна_2", "Гость Марк_3")}
    moments = [MARCH, MARCH - timedelta(days=2), MARCH - timedelta(days=3)]
    archive = lay(tmp_path / "a.zip", make_zip(files, moments))

    done = run("collect", "sums", archive, "--zone", "Europe/Moscow", folder=listed.root, columns=80)

    assert done.exit_code == 0, done.output
    assert max(map(len, done.output.splitlines())) <= 80
    lines = [line.split() for line in done.output.splitlines()]
    assert ["ivanov", "2026-03-02", "12:00", "0", "d", "22:30", "new", "(Иванов", "Иван)"] in lines
    assert ["petrova", "2026-02-28", "12:00", "0", "d", "22:30", "new", "(Петрова", "Анна)"] in lines
    said = " ".join(done.output.split())
    assert "not in the class list: the id is made of the name" in said
    assert "in the class list, and nothing handed in (1): sidorov." in said
    assert "handed in, and not in the class list (1): гость-марк." in said
    assert "does not tell when" not in said


def test_the_same_in_russian_a_second_time(listed, run, tmp_path):
    archive = lay(tmp_path / "a.zip", make_zip({FORM.format("Иванов Иван_1"): answered()}))
    for outcome in ("новая", "без изменений"):
        done = run("collect", "sums", archive, folder=listed.root, language="ru")
        assert done.exit_code == 0, done.output
        assert f"{outcome}: 1" in done.output
        assert f"По {archive} не узнать, когда сдана каждая работа." in done.output
        assert "sums: есть в списке группы, но ничего не сдали (2): petrova, sidorov." in done.output


def test_names_of_others_are_shown_escaped_and_no_notebook_is_exit_code_1(listed, run, tmp_path):
    own = make_link("a\x1b[2Jb", "/etc/passwd")
    files = {"Ив\x1b[31mан_1_assignsubmission_file/own.zip": own, "[bold]_2_assignsubmission_file/x.txt": "?"}
    archive = lay(tmp_path / "a.zip", make_zip(files))
    done = run("collect", "sums", archive, folder=listed.root)

    assert done.exit_code == 1
    assert "\x1b" not in done.output
    assert "left out, since it is a link: a\\x1b[2Jb" in done.output
    assert "no notebook of the assignment among: x.txt" in done.output
    assert "No notebook to mark (2): " in done.output
    assert "([bold])" in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["collect", "sums", "class.txt"], "class.txt is no zip archive, no folder and no notebook."),
        (["collect", "summs", "class.txt"], "There is no assignment “summs” in source."),
        (["collect", "sums", "class.txt", "--worksheet", "class.txt"], "has no column that tells who is who"),
        (["collect", "sums", "class.txt", "--zone", "Moscow"], "'Moscow' is no time zone, such as Europe/Moscow"),
        (["collect", "sums", "nowhere.zip"], "does not exist"),
        (["collect", "sums"], "Missing argument"),
        (["roster", "class.txt"], "has no column that tells who is who: none of login, email."),
    ],
)
def test_wrong_usage_is_exit_code_2_and_names_the_file(course, run, arguments, said):
    lay(course.root / "class.txt", "hello\n")
    done = run(*arguments, folder=course.root)
    assert (done.exit_code, said in done.output) == (2, True), done.output


def test_a_row_that_is_no_student_is_told(course, run, tmp_path):
    done = run("roster", lay(tmp_path / "class.csv", "login\nivanov\n../up\n"), folder=course.root)
    assert done.exit_code == 1
    assert "“../up” was left out: the id can't be the name of a folder." in done.output


def test_outside_of_a_course_both_say_so(run, tmp_path):
    lay(tmp_path / "empty" / "class.csv", "login\nivanov\n")
    for arguments in (["roster", "class.csv"], ["collect", "sums", "class.csv"]):
        done = run(*arguments, folder=tmp_path / "empty")
        assert (done.exit_code, "is not a course folder" in done.output) == (2, True)


@pytest.mark.parametrize("template", [*map(REMARKS.get, CollectKind), *map(OUTCOMES.get, CollectOutcome)])
def test_each_outcome_and_oddity_is_told_in_both_languages(template):
    russian, english = (Terminal(Console(), each).text(message(template, files="x")) for each in ("ru", "en"))
    assert russian != english
