"""A class list, from an LMS or written by hand, into the gradebook."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.classroom.people import Person, is_fit, listed
from autograder.classroom.tables import read_table
from autograder.grading.course import Assignment, Course, assignments
from autograder.grading.gradebook import open_gradebook
from autograder.grading.locking import sole_writer
from autograder.grading.submissions import students
from autograder.kinds import CollectKind

# Headings in small letters. Moodle writes them in the language of whoever downloads, Canvas these in English alone;
# its `ID` is its own number of the user. What Moodle calls ID number is a university's, and nothing here.
COLUMNS = {
    "id": ("student_id", "student id", "sis login id", "username", "login", "логин", "имя пользователя"),
    "full_name": ("student", "full name", "name", "студент", "полное имя", "фио", "фамилия имя"),
    "first_name": ("first_name", "first name", "firstname", "имя"),
    "last_name": ("last_name", "last name", "lastname", "surname", "фамилия"),
    "email": ("email", "email address", "e-mail", "адрес электронной почты", "электронная почта", "почта"),
    "lms_user_id": ("lms_user_id", "lms user id", "canvas id", "id"),
}
ABOVE_STUDENTS = ("points possible", "manual posting", "(read only)")  # rows in which Canvas has no student
TEST_STUDENT = "student, test"  # Canvas's view of what a student sees


@dataclass(frozen=True)
class Rejected:
    """A row that did not become a student."""

    row: str
    why: CollectKind


@dataclass(frozen=True)
class ClassList:
    """What a class list holds; of whom it has the full name alone, which part is the family name is `guessed`."""

    people: tuple[Person, ...]
    rejected: tuple[Rejected, ...]
    guessed: frozenset[Person]


@dataclass(frozen=True)
class Attendance:
    """Of one assignment: who is in the list and has handed in nothing, who has handed in and is not in it."""

    assignment: str
    absent: tuple[str, ...]
    unlisted: tuple[str, ...]


@dataclass(frozen=True)
class Taken:
    """What became of a class list; `attendance` of what somebody has handed in."""

    new: tuple[Person, ...]
    changed: tuple[Person, ...]
    unchanged: tuple[Person, ...]
    rejected: tuple[Rejected, ...]
    attendance: tuple[Attendance, ...]


def take_roster(course: Course, file: Path) -> Taken:
    """Bring the gradebook's students up to a class list; nobody is taken out, and what the list leaves empty stays."""
    found = read_roster(file)
    with sole_writer(course), open_gradebook(course) as gradebook:
        before = {each.id: each for each in listed(gradebook)}
        people = [_as_known(each, before, each in found.guessed) for each in found.people]
        for each in people:
            gradebook.update_or_create_student(each.id, **_given(each))
        after = {each.id: each for each in listed(gradebook)}
        ids = [each.id for each in people]
        present = (attendance(Assignment(course, each), tuple(ids)) for each in assignments(course))
        return Taken(
            tuple(after[each] for each in ids if each not in before),
            tuple(after[each] for each in ids if each in before and before[each] != after[each]),
            tuple(after[each] for each in ids if each in before and before[each] == after[each]),
            found.rejected,
            tuple(each for each in present if each.unlisted or len(each.absent) < len(ids)),
        )


def _as_known(person: Person, known: Mapping[str, Person], is_guessed: bool) -> Person:
    """The student under the id that the gradebook has, and by its names where the same words are split by a guess."""
    person = replace(person, id=_known_id(person, known.values()))
    before = known.get(person.id)
    if before is None or not is_guessed or before.words != person.words:
        return person
    return replace(person, first_name=before.first_name, last_name=before.last_name)


def _known_id(person: Person, known: Collection[Person]) -> str:
    """The id under which the gradebook has the student, however this list writes it: folders and marks have it, too."""
    by_id = [each.id for each in known if each.id.casefold() == person.id.casefold()]
    by_email = [each.id for each in known if person.email and each.email.casefold() == person.email.casefold()]
    found = by_id or by_email
    return found[0] if len(found) == 1 else person.id


def _given(person: Person) -> dict[str, str]:
    fields = {name: getattr(person, name) for name in ("first_name", "last_name", "email", "lms_user_id")}
    return {name: value for name, value in fields.items() if value}


def attendance(assignment: Assignment, ids: tuple[str, ...]) -> Attendance:
    """Who of these has handed in nothing for the assignment, and who else has."""
    there = students(assignment.course) if assignment.course.submitted.is_dir() else ()
    handed_in = {each for each in there if assignment.submitted(each).is_dir()}
    return Attendance(assignment.name, tuple(sorted(set(ids) - handed_in)), tuple(sorted(handed_in - set(ids))))


def read_roster(file: Path) -> ClassList:
    """The students of a class list; CourseFault where it has no column that tells them apart."""
    rows = read_table(file, COLUMNS, needed=("id", "email"), wanted="login, email")
    people: dict[str, Person] = {}
    rejected, guessed = [], set()
    for row in rows:
        person = _person(row)
        shown = " ".join(filter(None, row.values()))
        if person is None or person == people.get(person.id.casefold()):
            continue
        if not person.id:
            rejected.append(Rejected(shown, CollectKind.NO_ID))
        elif not is_fit(person.id):
            rejected.append(Rejected(shown, CollectKind.BAD_ID))
        elif person.id.casefold() in people:
            rejected.append(Rejected(shown, CollectKind.SAME_ID))
        else:
            people[person.id.casefold()] = person
            if _has_one_name(row) and "," not in row["full_name"]:
                guessed.add(person)
    return ClassList(tuple(people.values()), tuple(rejected), frozenset(guessed))


def _has_one_name(row: Mapping[str, str]) -> bool:
    return bool(row.get("full_name")) and not (row.get("first_name") or row.get("last_name"))


def _person(row: Mapping[str, str]) -> Person | None:
    """The student of a row: known by the login, or else by what is before the @ of the email."""
    full_name = row.get("full_name", "")
    if is_nobody(full_name) or not any(row.values()):
        return None
    first, last = row.get("first_name", ""), row.get("last_name", "")
    if _has_one_name(row):
        first, last = split_name(full_name)
    email = row.get("email", "")
    email = email if "@" in email else ""
    login = row.get("id") or email.partition("@")[0].lower()
    return Person(login, first, last, email, row.get("lms_user_id", ""))


def is_nobody(full_name: str) -> bool:
    """Whether a row of Canvas with this name is no student's."""
    return full_name.casefold().startswith(ABOVE_STUDENTS) or full_name.casefold() == TEST_STUDENT


def split_name(full_name: str) -> tuple[str, str]:
    """First and family name: `Last, First` as Canvas has it, in Russian the family name first, in English last."""
    if "," in full_name:
        last, _comma, first = full_name.partition(",")
        return first.strip(), last.strip()
    if full_name.isascii():
        first, _space, last = full_name.rpartition(" ")
    else:
        last, _space, first = full_name.partition(" ")
    return first.strip(), last.strip()
