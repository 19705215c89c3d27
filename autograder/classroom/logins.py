"""Whose task a student did: the logins that were typed, beside each other and beside the class list."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from autograder.checks.messages import one_line, some
from autograder.classroom.people import Person
from autograder.grading.results import Attention
from autograder.kinds import OddityKind
from autograder.tasks.login import LOGIN, normalised

MOST_NAMES = 8  # of students with the same login: a whole class may have left an example's as it was
Logins = Mapping[str, Sequence[str]]  # by student, as they were typed


def known_logins(people: Sequence[Person]) -> dict[str, str]:
    """Each way in which a student of the class list may write the login, and whose it is; empty without a list."""
    written: tuple[Callable[[Person], str], ...] = (  # the weakest first: an id is its owner's, whatever others write
        lambda each: each.lms_user_id,
        lambda each: each.email.partition("@")[0],
        lambda each: each.email,
        lambda each: each.id,
    )
    return {normalised(way(each)): each.id for way in written for each in people if each.is_listed and way(each)}


def login_attention(logins: Logins, known: Mapping[str, str]) -> dict[str, tuple[Attention, ...]]:
    """What is odd in the logins that were typed; `known` are those of the class list."""
    typed_by: dict[str, dict[str, None]] = defaultdict(dict)
    for student, each in logins.items():
        for login in map(normalised, each):
            typed_by[login][student] = None
    return {
        student: found
        for student, each in logins.items()
        if (found := tuple(_attention(student, each, known, typed_by)))
    }


def _attention(
    student: str, logins: Sequence[str], known: Mapping[str, str], typed_by: Mapping[str, Mapping[str, None]]
) -> Iterator[Attention]:
    for typed in logins:
        login, shown = normalised(typed), one_line(typed, 60)
        if not login:
            yield Attention(OddityKind.NO_LOGIN, LOGIN)
            continue
        if known and login not in known and login != normalised(student):
            yield Attention(OddityKind.UNKNOWN_LOGIN, shown)
        if known.get(login, student) != student:
            yield Attention(OddityKind.OTHERS_LOGIN, f"{shown} ({known[login]})")
        if others := list(islice((each for each in typed_by[login] if each != student), MOST_NAMES + 1)):
            yield Attention(OddityKind.SAME_LOGIN, f"{shown} ({', '.join(some(others, MOST_NAMES))})")
