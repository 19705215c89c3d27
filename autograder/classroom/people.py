"""Who is who: the students of the gradebook, and which of them an LMS means."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from nbgrader.api import Gradebook

from autograder.grading.names import is_text
from autograder.grading.submissions import ACTIVE_IN_A_NAME
from autograder.kinds import CollectKind

WORD = re.compile(r"[^\W_]+")
LOGIN = re.compile(r"[\w.-]+")
MOST_ID_LETTERS = 128  # nbgrader's column
MOST_ID_BYTES = 255  # a file system's
MOST_NEW_LETTERS, MOST_NUMBER_LETTERS = 80, 20
FEWEST_WORDS = 2  # of a name, for it to be found in a longer one, with a patronymic
UNFIT = re.compile(r"[/\\:\x00-\x1f\x7f]|^[.\s]|[.\s]$")  # in a name of a folder


@dataclass(frozen=True)
class Person:
    """A student as nbgrader has them; `id` is the name of their folders."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""

    @property
    def words(self) -> frozenset[str]:
        """Of the full name, in no order: one LMS writes the family name first, another last."""
        return words(f"{self.first_name} {self.last_name}")

    @property
    def is_listed(self) -> bool:
        """Whether there is more than the id, which is all that `grade` knows of whoever hands in."""
        return bool(self.words or self.email or self.lms_user_id)


@dataclass(frozen=True)
class Handed:
    """Whom a file is of, as its path in a download tells it."""

    name: str
    system: Literal["moodle", "canvas", "files"] = "files"
    number: str = ""  # of the participant, in Moodle for one assignment alone; of the user, in Canvas


@dataclass(frozen=True)
class Match:
    """The student that is meant; or a new id made of the name, and why."""

    student: str
    why_new: CollectKind | None = None


def listed(gradebook: Gradebook) -> tuple[Person, ...]:
    """The students of the gradebook."""
    return tuple(
        Person(
            each.id, each.first_name or "", each.last_name or "", each.email or "", each.lms_user_id or ""
        )
        for each in gradebook.students
    )  # fmt: skip


def in_class_list(people: Sequence[Person]) -> tuple[Person, ...]:
    """Those who are listed; all, if nobody is."""
    return tuple(each for each in people if each.is_listed) or tuple(people)


def words(name: str) -> frozenset[str]:
    """The words of a name, alike however it is written."""
    plain = unicodedata.normalize("NFKC", _without_stress(name)).casefold().replace("ё", "е")
    return frozenset(WORD.findall(plain.replace("'", "").replace("’", "")))


def _without_stress(name: str) -> str:
    """The name without the marks for which there is no letter: a stressed а; й and ё are letters."""
    return "".join(each for each in unicodedata.normalize("NFC", name) if not unicodedata.combining(each))


def match(handed: Handed, people: Sequence[Person], name: str, email: str = "") -> Match:
    """The student that handed it in, by number, email, id or name: the name as the download, or a worksheet, has it."""
    of_canvas = handed.system == "canvas"
    name = unicodedata.normalize("NFC", name)  # macOS packs it otherwise
    plain, address = name.casefold(), email.casefold()
    ways: tuple[Callable[[Person], bool], ...] = (
        lambda each: of_canvas and bool(handed.number) and each.lms_user_id == handed.number,
        lambda each: bool(address) and each.email.casefold() == address,
        lambda each: unicodedata.normalize("NFC", each.id).casefold() == plain,
        lambda each: bool(plain) and each.email.casefold() == plain,
        lambda each: bool(each.words) and each.words == words(name),
        lambda each: of_canvas and name in _glued(each),
        lambda each: _is_part(words(name), each.words),
    )
    for is_meant in ways:
        found = [each for each in people if is_meant(each) and not _is_another(each, handed, address)]
        if len(found) == 1:
            return Match(found[0].id)
        if found:
            return Match(new_id(name, handed.number), CollectKind.NAMESAKES)
    is_id = handed.system == "files" and LOGIN.fullmatch(name) and is_fit(name)  # as somebody has laid it by hand
    return Match(name if is_id else new_id(name), CollectKind.UNLISTED)


def _is_another(person: Person, handed: Handed, address: str) -> bool:
    """Whether Canvas's number, or an address of the same domain, tells of somebody else, whatever the names."""
    if handed.system == "canvas" and handed.number.isdigit() and person.lms_user_id:
        return person.lms_user_id != handed.number
    known = person.email.casefold()
    is_of_one_domain = bool(address and known) and address.partition("@")[2] == known.partition("@")[2]
    return is_of_one_domain and address != known


def known_student(handed: Handed, people: Sequence[Person], name: str, email: str = "") -> str | None:
    """The student of the gradebook that is meant, or whose id was made of this name; None where there is none."""
    found = match(handed, people, name, email)
    ids = {each.id for each in people}
    made = (new_id(name, handed.number), new_id(name)) if found.why_new is CollectKind.UNLISTED else ()
    return next((each for each in (*made, found.student) if each in ids), None)


def _glued(person: Person) -> set[str]:
    """The name as Canvas writes it: the family name first, in small letters, without what is no letter or digit."""
    parts = [re.sub(r"\W", "", part.lower()) for part in (person.last_name, person.first_name)]
    return {"".join(parts), "".join(reversed(parts))} if all(parts) else set()


def _is_part(one: frozenset[str], other: frozenset[str]) -> bool:
    return min(len(one), len(other)) >= FEWEST_WORDS and (one <= other or other <= one)


def new_id(name: str, number: str = "") -> str:
    """An id for a student who is not in the list: the words of the name, and a number to tell namesakes apart."""
    plain = WORD.findall(_without_stress(name).casefold()) or ["student"]
    letters = "-".join(plain)[:MOST_NEW_LETTERS]
    return f"{letters}-{number[:MOST_NUMBER_LETTERS]}" if number else letters


def is_fit(student: str) -> bool:
    """Whether this can be the name of a student's folder on every system."""
    if not is_text(student) or UNFIT.search(student) or ACTIVE_IN_A_NAME.search(student):
        return False
    return 0 < len(student) <= MOST_ID_LETTERS and len(student.encode()) <= MOST_ID_BYTES
