"""`autograder collect`: what Moodle and Canvas pack arrives where `grade` looks for it."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from grading.small_course import answered, grade, hand_in, make_course
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.classroom.collecting import Collected, Row, collect_downloads
from autograder.classroom.laying import CollectOutcome
from autograder.faults import CourseFault
from autograder.grading.course import Course
from autograder.grading.gradebook import open_gradebook
from autograder.grading.submissions import collect as take
from autograder.grading.submissions import handed_in_at, submission_fingerprint
from autograder.kinds import CollectKind, FaultKind
from classroom.made_downloads import MARCH, lay, make_zip

WRONG = "return 0"
HALF = f"def half(n):\n    {WRONG}"
MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
def roster(course: Course) -> Course:
    """The course with three students in its gradebook."""
    with open_gradebook(course) as gradebook:
        for student, first, last, email, number in (
            ("ivanov", "Иван", "Иванов", "ivanov@uni.ru", "101"),
            ("petrova", "Анна Сергеевна", "Петрова", "petrova@uni.ru", "102"),
            ("smith", "John", "Smith", "j.smith@uni.ru", "103"),
        ):
            gradebook.update_or_create_student(
                student, first_name=first, last_name=last, email=email, lms_user_id=number
            )
    return course


def collected(course: Course, tmp_path: Path, archive: bytes, **options: object) -> Collected:
    return collect_downloads(course.assignment("sums"), [lay(tmp_path / "download.zip", archive)], **options)


def rows_of(found: Collected) -> dict[str, Row]:
    assert len({row.student for row in found.rows}) == len(found.rows)
    return {row.student: row for row in found.rows}


def kinds(row: Row) -> set[CollectKind]:
    return {each.kind for each in row.remarks}


def there(course: Course, student: str) -> dict[str, bytes]:
    folder = course.assignment("sums").submitted(student)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


MOODLE = {
    "folders, older": "{name}_{number}_assignsubmission_file_/{file}",
    "folders": "{name}_{number}_assignsubmission_file/{file}",
    "flat": "{name}_{number}_assignsubmission_file_{file}",
    "in a folder around": "CNN-sums-77/{name}_{number}_assignsubmission_file/{file}",
}


@pytest.mark.parametrize("encoding", ["utf-8", "cp866", "cp1251"])
@pytest.mark.parametrize("form", MOODLE.values(), ids=MOODLE)
def test_what_moodle_packs_is_laid_where_it_is_marked(roster, tmp_path, form, encoding):
    files = {
        form.format(name=name, number=number, file=file): answered(half=f"{HALF} + {number}")
        for name, number, file in (
            ("Иванов Иван", 1234567, "sums.ipynb"),
            ("Анна Петрова", 1234568, "Лаба 2 (1).ipynb"),
            ("Smith John", 1234569, "sums (2).ipynb.txt"),
        )
    }
    found = rows_of(collected(roster, tmp_path, make_zip(files, encoding=encoding)))

    assert {student: (row.outcome, kinds(row)) for student, row in found.items()} == {
        "ivanov": (CollectOutcome.NEW, set()),
        "petrova": (CollectOutcome.NEW, set()),
        "smith": (CollectOutcome.NEW, set()),
    }
    for number, student in enumerate(("ivanov", "petrova", "smith"), start=1234567):
        assert f"return 0 + {number}" in take(roster.assignment("sums"), student, ["sums"]).notebooks["sums"].decode()


@pytest.mark.parametrize("around", ["", "submissions/"])
def test_what_canvas_packs_is_laid_where_it_is_marked(roster, tmp_path, around):
    files = {
        "ivanovиван_LATE_101_5001_sums.ipynb": answered(),
        "петроваанна_102_5002_sums-1.ipynb": answered(half=HALF),
        "петроваанна_102_5003_sums-2.ipynb": answered(),
        "smithjohn_999_5004_sums-1.ipynb": answered(),
        "кузнецовпётр_104_text.html": "<p>I did it all.</p>",
    }
    packed = make_zip(
        {around + name: content for name, content in files.items()}, [MARCH - timedelta(days=each) for each in range(5)]
    )
    found = rows_of(collected(roster, tmp_path, packed))

    assert kinds(found["ivanov"]) == {CollectKind.LATE}  # known by its number, whatever the name
    assert kinds(found["petrova"]) == {CollectKind.SEVERAL}
    assert WRONG not in there(roster, "petrova")["sums.ipynb"].decode()
    assert kinds(found["smithjohn"]) == {CollectKind.UNLISTED}  # of another number than the John Smith of the list
    assert kinds(found["кузнецовпётр"]) == {CollectKind.UNLISTED, CollectKind.NO_NOTEBOOK}
    assert all(row.handed_in_at is None for row in found.values())  # Canvas writes when it packed


@pytest.mark.parametrize(
    "path",
    ["ivanov.ipynb", "sums_ivanov.ipynb", "ivanov/sums.ipynb", "ivanov/sums/sums.ipynb", "Иванов Иван/лаба.ipynb", "ivanov@uni.ru.ipynb"],
)  # fmt: skip
@pytest.mark.parametrize("packed", [True, False])
def test_a_plain_folder_of_notebooks_is_taken(roster, tmp_path, path, packed):
    source = tmp_path / "plain"
    if packed:
        source = lay(tmp_path / "plain.zip", make_zip({path: answered(), "petrova/sums.ipynb": answered()}))
    else:
        lay(source / path, answered())
        lay(source / "petrova" / "sums.ipynb", answered())

    found = rows_of(collect_downloads(roster.assignment("sums"), [source]))

    assert {student: kinds(row) for student, row in found.items()} == {"ivanov": set(), "petrova": set()}
    assert set(there(roster, "ivanov")) == {"sums.ipynb"}


def test_a_folder_around_the_students_folders_is_nobodys(roster, tmp_path):
    files = {f"submissions/{name}/sums.ipynb": answered() for name in ("ivanov", "petrova")}
    found = rows_of(collected(roster, tmp_path, make_zip(files)))
    assert {student: kinds(row) for student, row in found.items()} == {"ivanov": set(), "petrova": set()}

    alone = rows_of(collected(roster, tmp_path, make_zip({"smith/sums.ipynb": answered()})))
    assert {student: kinds(row) for student, row in alone.items()} == {"smith": set()}


def test_nbgraders_own_folders_bring_their_times_and_only_this_assignment(roster, tmp_path):
    for assignment in ("sums", "other"):
        lay(tmp_path / "plain" / "ivanov" / assignment / f"{assignment}.ipynb", answered())
        lay(tmp_path / "plain" / "petrova" / assignment / f"{assignment}.ipynb", answered())
    lay(roster.root / "source" / "other" / "other.ipynb", answered())
    lay(tmp_path / "plain" / "ivanov" / "sums" / "timestamp.txt", "2026-03-02 12:00:00 Europe/Moscow\n")

    found = rows_of(collect_downloads(roster.assignment("sums"), [tmp_path / "plain"]))

    assert found["ivanov"].handed_in_at == datetime(2026, 3, 2, 9, 0, 0)
    assert set(there(roster, "ivanov")) == {"sums.ipynb", "timestamp.txt"}
    assert set(there(roster, "petrova")) == {"sums.ipynb"}


def test_a_students_own_zip_is_unpacked_and_what_lies_beside_the_notebook_stays_beside_it(roster, tmp_path):
    own = make_zip(
        {
            "Лаба/sums.ipynb": answered(),
            "Лаба/data/x.csv": "1,2",
            "Лаба/.ipynb_checkpoints/sums-checkpoint.ipynb": answered(half=HALF),
            "__MACOSX/Лаба/._sums.ipynb": b"\0\5\x16\7",
            "Лаба/.git/config": "[core]",
            "readme.md": "hello",
        },
        encoding="cp866",
    )
    found = rows_of(collected(roster, tmp_path, make_zip({"Иванов Иван_1_assignsubmission_file/Лаба.zip": own})))

    assert kinds(found["ivanov"]) == set()
    assert set(there(roster, "ivanov")) == {"sums.ipynb", "data/x.csv", "readme.md"}


def test_of_several_notebooks_the_last_is_taken_and_it_is_told(roster, tmp_path):
    early, late = MARCH, MARCH + timedelta(days=3)
    files = {
        "Иванов Иван_1_assignsubmission_file/sums.ipynb": answered(half=HALF),
        "Петрова Анна_2_assignsubmission_file/sums.ipynb": answered(),
        "Иванов Иван_1_assignsubmission_file/sums-final.ipynb": answered(),
    }
    found = rows_of(collected(roster, tmp_path, make_zip(files, [early, early - timedelta(days=1), late])))

    (remark,) = found["ivanov"].remarks
    assert (remark.kind, remark.files) == (CollectKind.SEVERAL, ("sums-final.ipynb", "sums.ipynb"))
    assert set(there(roster, "ivanov")) == {"sums.ipynb", "timestamp.txt"}
    assert WRONG not in there(roster, "ivanov")["sums.ipynb"].decode()
    assert found["ivanov"].handed_in_at == late


def test_a_second_time_takes_what_changed_and_keeps_what_it_replaces(roster, tmp_path):
    def packed(ivanov: NotebookNode, moment: datetime) -> bytes:
        files = {
            "Иванов Иван_1_assignsubmission_file/sums.ipynb": ivanov,
            "Петрова Анна_2_assignsubmission_file/sums.ipynb": answered(),
        }
        return make_zip(files, [moment, MARCH - timedelta(days=9)])

    collected(roster, tmp_path, packed(answered(half=HALF), MARCH))
    again = rows_of(collected(roster, tmp_path, packed(answered(half=HALF), MARCH)))
    assert {row.outcome for row in again.values()} == {CollectOutcome.UNCHANGED}

    later = rows_of(collected(roster, tmp_path, packed(answered(), MARCH + timedelta(days=1))))
    assert (later["ivanov"].outcome, later["petrova"].outcome) == (CollectOutcome.CHANGED, CollectOutcome.UNCHANGED)
    (remark,) = later["ivanov"].remarks
    assert (remark.kind, remark.files) == (CollectKind.REPLACED, ("submitted/.replaced/ivanov/sums-1",))
    assert WRONG in (roster.root / remark.files[0] / "sums.ipynb").read_text()
    assert WRONG not in there(roster, "ivanov")["sums.ipynb"].decode()

    older = rows_of(collected(roster, tmp_path, packed(answered(half=HALF), MARCH)))
    assert older["ivanov"].outcome is CollectOutcome.OLDER
    assert WRONG not in there(roster, "ivanov")["sums.ipynb"].decode()


def test_without_times_what_has_been_replaced_once_is_older(roster, tmp_path):
    first = make_zip({"ivanovиван_101_5001_sums.ipynb": answered(half=HALF)})
    later = make_zip({"ivanovиван_101_5002_sums-1.ipynb": answered()})
    outcomes = [rows_of(collected(roster, tmp_path, each))["ivanov"].outcome for each in (first, later, first)]
    assert outcomes == [CollectOutcome.NEW, CollectOutcome.CHANGED, CollectOutcome.OLDER]
    assert WRONG not in there(roster, "ivanov")["sums.ipynb"].decode()


def moodle(*students: str, **files: object) -> dict[str, object]:
    """The files of each of the students, as Moodle packs them."""
    folder = "{name}_{number}_assignsubmission_file/"
    return {folder.format(name=each, number=number) + name: content
            for number, each in enumerate(students, start=1) for name, content in files.items()}  # fmt: skip


def test_what_holds_no_notebook_is_in_nobodys_way_however_new(roster, tmp_path):
    others = moodle("Смит Джон", **{"sums.ipynb": answered()})
    wrong = make_zip(moodle("Иванов Иван", **{"other.pdf": b"%PDF"}) | others, [MARCH, MARCH - timedelta(days=9)])
    right = make_zip(moodle("Иванов Иван", **{"sums.ipynb": answered()}) | others, [MARCH - timedelta(days=5), MARCH - timedelta(days=9)])
    collected(roster, tmp_path, wrong)
    found = rows_of(collected(roster, tmp_path, right))["ivanov"]
    assert (found.outcome, found.is_complete) == (CollectOutcome.CHANGED, True)

    again = rows_of(collected(roster, tmp_path, right))["ivanov"]
    assert again.outcome is CollectOutcome.UNCHANGED


def test_the_archive_of_a_class_is_nobodys_own(roster, tmp_path):
    lay(tmp_path / "downloads" / "all.zip", make_zip(moodle("Иванов Иван", "Смит Джон", **{"sums.ipynb": answered()})))
    (row,) = collect_downloads(roster.assignment("sums"), [tmp_path / "downloads"]).rows
    assert row.outcome is CollectOutcome.NOT_TAKEN and CollectKind.OF_A_CLASS in kinds(row)


def test_what_has_no_time_does_not_take_the_place_of_what_has_one(roster, tmp_path):
    others = moodle("Смит Джон", **{"sums.ipynb": answered()})
    timed = make_zip(moodle("Иванов Иван", **{"sums.ipynb": answered()}) | others, [MARCH, MARCH - timedelta(days=9)])
    untimed = make_zip({"ivanovиван_101_5001_sums.ipynb": answered(half=HALF)})
    collected(roster, tmp_path, timed)
    found = rows_of(collected(roster, tmp_path, untimed))["ivanov"]
    assert (found.outcome, found.handed_in_at) == (CollectOutcome.UNDATED, MARCH)
    assert WRONG not in there(roster, "ivanov")["sums.ipynb"].decode()


def test_another_time_of_the_same_files_is_told(roster, tmp_path):
    others = moodle("Смит Джон", **{"sums.ipynb": answered()})
    files = moodle("Иванов Иван", **{"sums.ipynb": answered()}) | others
    for moment, before in ((MARCH, None), (MARCH - timedelta(days=1), MARCH)):
        row = rows_of(collected(roster, tmp_path, make_zip(files, [moment, MARCH - timedelta(days=9)])))["ivanov"]
        assert (row.handed_in_at, row.time_before) == (moment, before)


def test_times_of_an_archive_are_in_the_courses_zone_and_go_into_timestamp_txt(roster, tmp_path):
    files = {
        "Иванов Иван_1_assignsubmission_file/sums.ipynb": answered(),
        "Иванов Иван_1_assignsubmission_file/timestamp.txt": "2020-01-01 00:00:00 UTC",
        "Петрова Анна_2_assignsubmission_file/sums.ipynb": answered(),
    }
    archive = make_zip(files, [MARCH, MARCH, MARCH - timedelta(days=2)])
    found = rows_of(collected(roster, tmp_path, archive, zone=MOSCOW))

    assert found["ivanov"].handed_in_at == MARCH - timedelta(hours=3)
    assert kinds(found["ivanov"]) == {CollectKind.OWN_TIMESTAMP}
    assert there(roster, "ivanov")["timestamp.txt"] == b"2026-03-02 09:00:00 UTC\n"
    submission = take(roster.assignment("sums"), "ivanov", ["sums"])
    assert handed_in_at(roster.assignment("sums"), submission) == found["ivanov"].handed_in_at


@pytest.mark.parametrize("seconds", [0, 1, 40])
def test_times_of_packing_are_not_taken_for_times_of_submission(roster, tmp_path, seconds):
    names = ("Иванов Иван_1", "Петрова Анна_2", "Smith John_3")
    files = {f"{name}_assignsubmission_file/sums.ipynb": answered() for name in names}
    moments = [MARCH + timedelta(seconds=seconds * number) for number in range(3)]
    found = collected(roster, tmp_path, make_zip(files, moments))

    assert {row.handed_in_at for row in found.rows} == {None}
    assert found.without_times == (str(tmp_path / "download.zip"),)
    assert set(there(roster, "ivanov")) == {"sums.ipynb"}


RUSSIAN_SHEET = """\ufeffИдентификатор,"Полное имя","Адрес электронной почты",Состояние,Оценка,"Последнее изменение (ответ)"
Участник1,"Иванов Иван",ivanov@uni.ru,"Представлено для оценивания",,"суббота, 28 ноября 2026, 17:30"
Участник2,"Петрова-Водкина Анна",petrova@uni.ru,"Представлено для оценивания",,"воскресенье, 1 марта 2026, 09:05"
Участник3,"Smith John",,"Нет ответа на задание",,-
"""
ENGLISH_SHEET = """Identifier,"Full name","Email address",Status,Grade,"Last modified (submission)"
"Participant 1","Иванов Иван",ivanov@uni.ru,"Submitted for grading",,"Saturday, 28 November 2026, 5:30 PM"
"Participant 2","Петрова-Водкина Анна",petrova@uni.ru,"Submitted for grading",,"Sunday, 1 March 2026, 9:05 AM"
"Participant 3","Smith John",,"No submission",,-
"""


@pytest.mark.parametrize("sheet", [RUSSIAN_SHEET, ENGLISH_SHEET], ids=["ru", "en"])
def test_a_grading_worksheet_tells_who_a_participant_is_and_when_they_handed_in(roster, tmp_path, sheet):
    names = ("Participant_1", "Participant_2", "Participant_3")  # without names: marked blindly
    files = {f"{name}_assignsubmission_file/sums.ipynb": answered() for name in names}
    worksheet = lay(tmp_path / "sheet.csv", sheet)
    found = collected(roster, tmp_path, make_zip(files), worksheet=worksheet, zone=MOSCOW)

    assert {row.student: row.handed_in_at for row in found.rows} == {
        "ivanov": datetime(2026, 11, 28, 14, 30),
        "petrova": datetime(2026, 3, 1, 6, 5),
        "smith": None,
    }
    assert [kinds(row) for row in found.rows] == [set(), set(), set()]


def test_who_is_not_in_the_list_gets_an_id_of_the_name_each_time_the_same(roster, tmp_path):
    files = {
        f"{name}_assignsubmission_file/sums.ipynb": answered()
        for name in ("Сидоров Пётр_7", "Котова Ия_8", "Котова Ия_9", "sums_10")
    }
    first = rows_of(collected(roster, tmp_path, make_zip(files)))
    assert set(first) == {"сидоров-пётр", "котова-ия-8", "котова-ия-9", "sums-10"}
    assert all(kinds(row) == {CollectKind.UNLISTED} for row in first.values())

    with open_gradebook(roster) as gradebook:  # as `grade` does
        gradebook.update_or_create_student("сидоров-пётр")
    again = collected(roster, tmp_path, make_zip(files))
    assert {row.student: row.outcome for row in again.rows} == dict.fromkeys(first, CollectOutcome.UNCHANGED)
    assert set(again.attendance.unlisted) == set(first)
    assert again.attendance.absent == ("ivanov", "petrova", "smith")


def test_the_name_of_a_folder_that_can_be_an_id_is_kept(roster, tmp_path):
    for name in ("right_en", "Кузнецов Пётр"):
        lay(tmp_path / "plain" / name / "sums.ipynb", answered())
    for _again in range(2):
        found = rows_of(collect_downloads(roster.assignment("sums"), [tmp_path / "plain"]))
        assert set(found) == {"right_en", "кузнецов-пётр"}


def test_namesakes_in_the_list_are_nobody_in_particular(course, tmp_path):
    with open_gradebook(course) as gradebook:
        for student in ("ivanov1", "ivanov2"):
            gradebook.update_or_create_student(student, first_name="Иван", last_name="Иванов")
    found = rows_of(
        collected(course, tmp_path, make_zip({"Иван Иванов_5_assignsubmission_file/sums.ipynb": answered()}))
    )
    assert kinds(found["иван-иванов-5"]) == {CollectKind.NAMESAKES}


def test_a_strangers_id_is_never_that_of_a_student_who_is_known_by_canvas_number_alone(course, tmp_path):
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_student("ivanov", lms_user_id="101")
    files = {f"ivanov_{number}_{number}01_sums.ipynb": answered(half=f"{HALF} + {number}") for number in (101, 999)}
    found = rows_of(collected(course, tmp_path, make_zip(files)))

    assert {student: kinds(row) for student, row in found.items()} == {
        "ivanov": set(), "ivanov-999": {CollectKind.UNLISTED},
    }  # fmt: skip


def test_without_the_assignments_notebook_what_came_in_is_laid_there_and_told(roster, tmp_path):
    files = {
        "Иванов Иван_1_assignsubmission_file/sums.ipynb": "{not json",
        "Петрова Анна_2_assignsubmission_onlinetext/onlinetext.html": "<p>it does not work</p>",
    }
    found = rows_of(collected(roster, tmp_path, make_zip(files)))

    assert [(each.kind, each.files) for each in found["ivanov"].remarks] == [(CollectKind.CUT_SHORT, ("sums.ipynb",))]
    assert not found["ivanov"].is_complete
    assert there(roster, "ivanov") == {"sums.ipynb": b"{not json"}  # so that `grade` names it, too
    assert set(there(roster, "petrova")) == {"onlinetext.html"}


def test_what_is_in_the_way_of_a_folder_is_left_and_told(roster, tmp_path):
    elsewhere = lay(tmp_path / "elsewhere" / "sums" / "kept.txt", "kept").parent.parent
    (roster.root / "submitted").mkdir()
    (roster.root / "submitted" / "ivanov").symlink_to(elsewhere)
    lay(roster.root / "submitted" / "petrova", "a file")
    with open_gradebook(roster) as gradebook:
        gradebook.update_or_create_student("../up", first_name="Пётр", last_name="Сидоров")
    names = ("Иванов Иван_1", "Петрова Анна_2", "Сидоров Пётр_3")
    archive = make_zip({f"{name}_assignsubmission_file/sums.ipynb": answered() for name in names})
    found = rows_of(collected(roster, tmp_path, archive))

    assert {student: (row.outcome, kinds(row)) for student, row in found.items()} == {
        "ivanov": (CollectOutcome.NOT_TAKEN, {CollectKind.IN_THE_WAY}),
        "petrova": (CollectOutcome.NOT_TAKEN, {CollectKind.IN_THE_WAY}),
        "../up": (CollectOutcome.NOT_TAKEN, {CollectKind.BAD_ID}),
    }
    assert [path.name for path in (elsewhere / "sums").iterdir()] == ["kept.txt"]
    assert not (roster.root / "up").exists()


def test_two_downloads_of_one_student_leave_the_later_and_keep_the_other(roster, tmp_path):
    files = {
        "Иванов Иван_1_assignsubmission_file/sums.ipynb": answered(half=HALF),
        "Иван Иванов_9_assignsubmission_file/sums.ipynb": answered(),
    }
    rows = collected(roster, tmp_path, make_zip(files)).rows

    assert [row.student for row in rows] == ["ivanov", "ivanov"]
    assert all(CollectKind.TWICE in kinds(row) for row in rows)
    assert WRONG not in there(roster, "ivanov")["sums.ipynb"].decode()
    assert WRONG in (roster.root / "submitted" / ".replaced" / "ivanov" / "sums-1" / "sums.ipynb").read_text()


IVANOV, STRANGERS = "Иванов Иван_{number}_assignsubmission_file/", "Котова Ия_{number}_assignsubmission_file/sums.ipynb"


def test_namesakes_of_two_archives_are_told_apart_and_stay_so(roster, tmp_path):
    archives = [
        lay(tmp_path / f"{number}.zip", make_zip({STRANGERS.format(number=number): answered(half=f"{HALF} + {number}")}))
        for number in (8, 9)
    ]
    found = rows_of(collect_downloads(roster.assignment("sums"), archives))
    assert set(found) == {"котова-ия-8", "котова-ия-9"}

    again = rows_of(collect_downloads(roster.assignment("sums"), archives[1:]))
    assert {student: row.outcome for student, row in again.items()} == {"котова-ия-9": CollectOutcome.UNCHANGED}


def test_what_was_put_beside_a_submission_by_hand_stays_until_another_comes(roster, tmp_path):
    def packed(moment: datetime, **files: object) -> bytes:
        others = {"Петрова Анна_2_assignsubmission_file/sums.ipynb": answered()}
        his = {IVANOV.format(number=1) + name: each for name, each in files.items()}
        return make_zip(his | others, [moment, MARCH - timedelta(days=9)])

    collected(roster, tmp_path, packed(MARCH, report=b"%PDF"))
    lay(roster.assignment("sums").submitted("ivanov") / "sums.ipynb", answered())
    again = rows_of(collected(roster, tmp_path, packed(MARCH, report=b"%PDF")))["ivanov"]
    assert (again.outcome, kinds(again), again.is_complete) == (CollectOutcome.KEPT, set(), True)
    older = rows_of(collected(roster, tmp_path, packed(MARCH - timedelta(days=2), report=b"%PDF, older")))["ivanov"]
    assert (older.outcome, older.is_complete) == (CollectOutcome.OLDER, True)
    assert "sums.ipynb" in there(roster, "ivanov")

    later = rows_of(collected(roster, tmp_path, packed(MARCH + timedelta(days=2), **{"sums.ipynb": answered(half=HALF)})))
    assert later["ivanov"].outcome is CollectOutcome.CHANGED
    assert WRONG in there(roster, "ivanov")["sums.ipynb"].decode()


def test_what_a_system_leaves_in_a_folder_is_no_change(roster, tmp_path):
    packed = make_zip({IVANOV.format(number=1) + "sums.ipynb": answered()})
    collected(roster, tmp_path, packed)
    before = submission_fingerprint(roster.assignment("sums"), "ivanov")
    lay(roster.assignment("sums").submitted("ivanov") / ".DS_Store", b"\0")
    assert submission_fingerprint(roster.assignment("sums"), "ivanov") == before
    assert rows_of(collected(roster, tmp_path, packed))["ivanov"].outcome is CollectOutcome.UNCHANGED


def test_a_timestamp_that_tells_no_time_is_told(roster, tmp_path):
    lay(tmp_path / "plain" / "ivanov" / "sums.ipynb", answered())
    lay(tmp_path / "plain" / "ivanov" / "timestamp.txt", "28.11.2026 17:30")
    found = rows_of(collect_downloads(roster.assignment("sums"), [tmp_path / "plain"]))
    assert kinds(found["ivanov"]) == {CollectKind.BAD_TIMESTAMP}


def test_the_worksheet_of_another_assignment_is_refused(roster, tmp_path):
    sheet = lay(tmp_path / "grades.csv", "Identifier,Full name\nParticipant 77,Иванов Иван\n")
    with pytest.raises(CourseFault) as raised:
        collected(roster, tmp_path, make_zip({IVANOV.format(number=1) + "sums.ipynb": answered()}), worksheet=sheet)
    assert raised.value.fault is FaultKind.OTHER_WORKSHEET


def test_a_file_beside_the_students_folders_is_nobodys(roster, tmp_path):
    files = {f"answers/{name}/sums.ipynb": answered() for name in ("ivanov", "petrova")} | {"answers/README.md": b"!"}
    found = collected(roster, tmp_path, make_zip(files))
    assert (set(rows_of(found)), found.stray) == ({"ivanov", "petrova"}, ("answers/README.md",))


def test_lateness_is_told_where_the_gradebook_has_a_due_date(roster, tmp_path):
    with open_gradebook(roster) as gradebook:
        gradebook.update_or_create_assignment("sums", duedate="2026-03-01 10:30:00 UTC")
    names = ("Иванов Иван_1", "Петрова Анна_2")
    files = {f"{name}_assignsubmission_file/sums.ipynb": answered() for name in names}
    found = collected(roster, tmp_path, make_zip(files, [MARCH, MARCH - timedelta(days=2)]))

    late = {row.student: found.late_by(row) for row in found.rows}
    assert late == {"ivanov": timedelta(days=1, hours=1, minutes=30), "petrova": timedelta()}


def test_marks_of_a_class_that_was_collected_are_those_of_the_same_class_laid_in_by_hand(roster, tmp_path):
    notebooks = {
        "ivanov": answered(),
        "petrova": answered(half=HALF),
        "smith": answered("test_half", double="def double(n):\n    raise ValueError"),
    }
    by_hand = make_course(tmp_path / "by-hand")
    for student, notebook in notebooks.items():
        hand_in(by_hand, student, notebook)
    files = {
        "Иванов Иван_1_assignsubmission_file/sums (3).ipynb": notebooks["ivanov"],
        "Анна Петрова_2_assignsubmission_file/lab.zip": make_zip({"lab/лаба.ipynb": notebooks["petrova"]}),
        "Smith John_3_assignsubmission_file/sums.ipynb": notebooks["smith"],
    }
    collected(roster, tmp_path, make_zip(files))

    marks = []
    for root in (by_hand, roster.root):
        code, said = grade(root)
        assert code == 0, said
        with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
            marks.append(
                {
                    (each.student.id, mark.name): mark.auto_score
                    for each in gradebook.assignment_submissions("sums")
                    for notebook in each.notebooks
                    for mark in notebook.grades
                }
            )
    assert marks[0] == marks[1]
    assert {marks[0][student, "test_half"] for student in ("ivanov", "petrova")} == {1, 0}
