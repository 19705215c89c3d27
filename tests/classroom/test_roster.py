"""`autograder roster`: class lists of Moodle, Canvas and by hand, in two languages, become nbgrader's students."""

import pytest
from grading.small_course import answered, hand_in
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Gradebook

from autograder.classroom.people import Handed, Person, is_fit, match, new_id, words
from autograder.classroom.roster import read_roster, take_roster
from autograder.classroom.worksheet import parse_moment, read_worksheet
from autograder.faults import CourseFault
from autograder.grading.course import Course
from autograder.grading.gradebook import open_gradebook
from autograder.kinds import CollectKind, FaultKind
from classroom.made_downloads import lay

IVANOV = ("ivanov", "Иван", "Иванов", "ivanov@uni.ru", "")
PETROVA = ("petrova", "Анна Сергеевна", "Петрова", "petrova@uni.ru", "")
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,sums (77),Current Score,Final Score
,,,,,Manual Posting,,
"    Points Possible",,,,,3.00,(read only),(read only)
"Иванов, Иван",4001,u1,ivanov,"CNN and others",2.00,66.67,66.67
"Петрова, Анна Сергеевна",4002,u2,petrova@uni.ru,CNN,,,
"Student, Test",4999,,8a0f9c,CNN,,,
"""
LISTS = {
    "Moodle's participants, ru": (
        "\ufeffИмя,Фамилия,\"Адрес электронной почты\",Группы\nИван,Иванов,ivanov@uni.ru,1\n\"Анна Сергеевна\",Петрова,petrova@uni.ru,\n",
        [IVANOV, PETROVA],
    ),
    "Moodle's participants, en": (
        "\"First name\",\"Last name\",\"Email address\"\nИван,Иванов,ivanov@uni.ru\n\"Анна Сергеевна\",Петрова,petrova@uni.ru\n",
        [IVANOV, PETROVA],
    ),
    "Moodle with logins, Excel's separator": (
        "Фамилия;Имя;Логин;Адрес электронной почты\r\nИванов;Иван;i.ivanov;ivanov@uni.ru\r\n;;;\r\n",
        [("i.ivanov", *IVANOV[1:])],
    ),
    "Canvas's gradebook": (
        CANVAS,
        [("ivanov", "Иван", "Иванов", "", "4001"), ("petrova@uni.ru", "Анна Сергеевна", "Петрова", "", "4002")],
    ),
    "Canvas, other settings": (
        "\ufeffLastName;FirstName;ID;SIS Login ID;Section\r\nSmith;John;7;smith;A\r\n",
        [("smith", "John", "Smith", "", "7")],
    ),
    "by hand": ("ФИО;Почта\nПетрова Анна Сергеевна;petrova@uni.ru\nJohn Smith;J.Smith@uni.ru\n",
                [PETROVA, ("j.smith", "John", "Smith", "J.Smith@uni.ru", "")]),
    "logins alone": ("login\nivanov\npetrova\n", [("ivanov", "", "", "", ""), ("petrova", "", "", "", "")]),
    "a name over two lines, a comma in a name": (
        "login,name\nivanov,\"Иванов, \nИван\"\n", [("ivanov", "Иван", "Иванов", "", "")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16"])
@pytest.mark.parametrize(("text", "people"), LISTS.values(), ids=LISTS)
def test_a_class_list_is_read_whoever_wrote_it(tmp_path, text, people, encoding):
    text = text if encoding == "utf-8" else text.removeprefix("\ufeff")
    file = lay(tmp_path / "class.csv", text.encode(encoding))

    assert read_roster(file).people == tuple(Person(*each) for each in people)
    assert read_roster(file).rejected == ()


def test_a_full_name_turns_no_names_round_that_the_gradebook_has(course, tmp_path):
    take_roster(course, lay(tmp_path / "a.csv", "login,first name,last name\nsmith,John,Smith\nmuller,Jörg,Müller\n"))
    taken = take_roster(course, lay(tmp_path / "b.csv", "login,name\nsmith,Smith John\nmuller,Jörg Müller\n"))
    assert (taken.changed, len(taken.unchanged)) == ((), 2)
    taken = take_roster(course, lay(tmp_path / "c.csv", 'login,name\nsmith,"John, Smith"\nmuller,Jörg Anders Müller\n'))
    names = {each.id: (each.first_name, each.last_name) for each in taken.changed}
    assert names == {"smith": ("Smith", "John"), "muller": ("Anders Müller", "Jörg")}  # told, and other words


def test_who_can_have_no_folder_or_has_anothers_id_is_told(tmp_path):
    rows = "login,last name\nivanov,Иванов\nIvanov,Другой\n../evil,Evil\n<b>,Bold\n,Nobody\nivanov,Иванов\n.hidden,Hidden\n"
    found = read_roster(lay(tmp_path / "class.csv", rows))

    assert [each.id for each in found.people] == ["ivanov"]
    assert [(each.row, each.why) for each in found.rejected] == [
        ("Ivanov Другой", CollectKind.SAME_ID),
        ("../evil Evil", CollectKind.BAD_ID),
        ("<b> Bold", CollectKind.BAD_ID),
        ("Nobody", CollectKind.NO_ID),
        (".hidden Hidden", CollectKind.BAD_ID),
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", FaultKind.NO_COLUMNS),
        ("name,group\nИванов,1\n", FaultKind.NO_COLUMNS),
        ("login\n" + "x" * 200_000, FaultKind.BAD_TABLE),
        (b"login\n" + b"x\n" * 9_000_000, FaultKind.BAD_TABLE),
    ],
)
def test_what_is_no_class_list_is_told(tmp_path, content, fault):
    with pytest.raises(CourseFault) as raised:
        read_roster(lay(tmp_path / "class.csv", content))
    assert raised.value.fault is fault


def test_a_class_list_goes_into_the_gradebook_and_takes_nobody_out(course: Course, tmp_path):
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_student("sidorov", first_name="Пётр")
        gradebook.update_or_create_student("ivanov", email="old@uni.ru", lms_user_id="5")
    hand_in(course.root, "petrova", answered())
    hand_in(course.root, "guest", answered())
    taken = take_roster(course, lay(tmp_path / "class.csv", CANVAS.replace("petrova@uni.ru", "petrova")))

    assert [each.id for each in taken.new] == ["petrova"]
    assert [each.id for each in taken.changed] == ["ivanov"]
    with Gradebook(course.db_url) as gradebook:
        students = {
            each.id: (each.first_name, each.last_name, each.email, each.lms_user_id) for each in gradebook.students
        }
    assert students == {
        "ivanov": ("Иван", "Иванов", "old@uni.ru", "4001"),
        "petrova": ("Анна Сергеевна", "Петрова", None, "4002"),
        "sidorov": ("Пётр", None, None, None),
    }
    (present,) = taken.attendance
    assert (present.assignment, present.absent, present.unlisted) == ("sums", ("ivanov",), ("guest",))
    again = take_roster(course, tmp_path / "class.csv")
    assert (len(again.new), len(again.changed), len(again.unchanged)) == (0, 0, 2)


PEOPLE = (
    Person("ivanov", "Иван Петрович", "Иванов", "ivanov@uni.ru", "101"),
    Person("anna", "Анна-Мария", "Ёлкина", "", "102"),
    Person("o.brien", "Liam", "O'Brien", "", "103"),
)


@pytest.mark.parametrize(
    ("handed", "student"),
    [
        (Handed("Иванов Иван Петрович", "moodle", "7"), "ivanov"),
        (Handed("Иван Петрович Иванов", "moodle", "7"), "ivanov"),
        (Handed("ИВАНОВ ИВАН", "moodle", "7"), "ivanov"),
        (Handed("Анна-Мария Елкина", "moodle", "101"), "anna"),  # a participant's number is no user's
        (Handed("ёлкинааннамария", "canvas"), "anna"),
        (Handed("whoever", "canvas", "102"), "anna"),
        (Handed("Liam O’Brien", "moodle", "7"), "o.brien"),
        (Handed("obrienliam", "canvas"), "o.brien"),
        (Handed("А́нна-Мария Е\u0308лкина"), "anna"),  # with a mark of stress, as macOS packs it
        (Handed("Anna"), "anna"),
        (Handed("ivanov@uni.ru"), "ivanov"),
    ],
)
def test_who_is_meant_is_found_however_an_lms_writes_the_name(handed, student):
    assert match(handed, PEOPLE, handed.name) == match(handed, tuple(reversed(PEOPLE)), handed.name)
    found = match(handed, PEOPLE, handed.name)
    assert (found.student, found.why_new) == (student, None)


@pytest.mark.parametrize("name", ["Иванов", "Иван", "Петрович", "Анна", "", "101"])
def test_a_part_of_a_name_is_nobody(name):
    assert match(Handed(name, "moodle", "7"), PEOPLE, name).why_new is CollectKind.UNLISTED


@given(st.text(max_size=300), st.text(st.characters(categories=["Nd"]), max_size=30))
def test_an_id_made_of_any_name_can_be_a_folder(name, number):
    assert is_fit(new_id(name, number))
    assert new_id(new_id(name)) == new_id(name)


@given(st.permutations(["Иванов", "Пётр", "Сергеевич", "Smith"]))
def test_a_name_is_the_same_in_any_order(names):
    assert words(" ".join(names)) == words("SMITH Иванов Петр Сергеевич")


@pytest.mark.parametrize(
    "written",
    [
        "Saturday, 28 November 2026, 5:30 PM",
        "Saturday, November 28, 2026, 5:30 PM",
        "суббота, 28 ноября 2026, 17:30",
        "28 ноября 2026, 17:30:59",
    ],
)
def test_moodles_times_are_read_in_two_languages(written):
    assert f"{parse_moment(written):%Y-%m-%d %H:%M}" == "2026-11-28 17:30"
    assert f"{parse_moment('1 января 2026, 12:05 AM'):%H:%M}" == "00:05"


@pytest.mark.parametrize(
    "moment", ["samedi, 28 novembre 2026, 17:30", "28/11/2026", "tomorrow", "31 February 2026, 1:00"]
)
def test_a_time_in_another_language_is_told_and_not_guessed(tmp_path, moment):
    sheet = lay(tmp_path / "s.csv", f'Identifier,"Last modified (submission)"\nParticipant 1,"{moment}"\n')
    with pytest.raises(CourseFault) as raised:
        read_worksheet(sheet)
    assert raised.value.details["found"] == moment


@pytest.mark.parametrize(
    ("handed", "email"),
    [(Handed("Иванов Иван Петрович", "moodle", "7"), "i.ivanov2@uni.ru"), (Handed("ивановиванпетрович", "canvas", "999"), "")],
)
def test_a_namesake_with_another_address_or_number_is_not_the_one_in_the_list(handed, email):
    assert match(handed, PEOPLE, handed.name, email).why_new is CollectKind.UNLISTED
    assert match(handed, PEOPLE, handed.name, "ivan@mail.ru").student == "ivanov" or handed.system == "canvas"


def test_a_row_of_canvas_without_a_number_is_not_whoever_has_none():
    assert match(Handed("hopper", "canvas"), (Person("ada", "Ada", "Lovelace"),), "Grace Hopper").student != "ada"


def test_a_list_that_writes_the_logins_otherwise_brings_no_new_students(course: Course, tmp_path):
    first = "email,last name\nivanov.i@uni.ru,Иванов\npetrova@uni.ru,Петрова\n"
    take_roster(course, lay(tmp_path / "a.csv", first))
    taken = take_roster(course, lay(tmp_path / "b.csv", "login,email\nIvanov.I,ivanov.i@uni.ru\ns1023,petrova@uni.ru\n"))
    assert (taken.new, [each.id for each in taken.unchanged]) == ((), ["ivanov.i", "petrova"])


def test_a_list_of_nobody_is_a_list(tmp_path):
    assert read_roster(lay(tmp_path / "class.csv", "login;email\n")).people == ()


def test_what_is_no_address_makes_no_login(tmp_path):
    found = read_roster(lay(tmp_path / "class.csv", "email,last name\n-,Иванов\n-,Петров\n"))
    assert (found.people, {each.why for each in found.rejected}) == ((), {CollectKind.NO_ID})


def test_a_quote_that_is_not_closed_swallows_nobody(course, tmp_path):
    file = tmp_path / "class.csv"
    file.write_text('login,last name,first name\norlov,"Орлов,Олег\nyan,Ян,Ян\nzoya,"Зотова",Зоя\n')
    with pytest.raises(CourseFault) as raised:
        take_roster(course, file)
    assert raised.value.fault is FaultKind.OPEN_QUOTE
