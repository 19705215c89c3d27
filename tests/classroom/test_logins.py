"""What is odd in the logins that a class typed."""

import pytest

from autograder.classroom.logins import known_logins, login_attention
from autograder.classroom.people import Person
from autograder.grading.results import Attention
from autograder.kinds import OddityKind

CLASS = (
    Person("anna", "Anna", "Ivanova", "anna.i@edu.ru", "1001"),
    Person("boris", "Boris", "Petrov", "boris.p@edu.ru", "1002"),
)
KNOWN = known_logins(CLASS)


def odd(logins, known=KNOWN):
    return {student: [(each.kind, each.cell) for each in found] for student, found in login_attention(logins, known).items()}


@pytest.mark.parametrize("login", ["anna", " ANNA ", "anna.i@edu.ru", "Anna.I", "1001"])
def test_a_student_may_write_any_login_that_the_class_list_has(login):
    assert odd({"anna": [login]}) == {}


def test_an_empty_login_is_told():
    assert odd({"anna": [" "]}) == {"anna": [(OddityKind.NO_LOGIN, "login")]}


def test_a_login_that_the_class_list_does_not_have_is_told():
    assert odd({"anna": ["ana"]}) == {"anna": [(OddityKind.UNKNOWN_LOGIN, "ana")]}


def test_the_login_of_another_student_is_told_though_that_one_has_handed_in_nothing():
    assert odd({"anna": ["Boris.P"]}) == {"anna": [(OddityKind.OTHERS_LOGIN, "Boris.P (boris)")]}


def test_a_login_is_its_owners_whatever_anothers_address_begins_with():
    people = (Person("ivanov", email="ivanov@uni.ru"), Person("ivanov.b", email="ivanov@gmail.com"))
    assert known_logins(people)["ivanov"] == "ivanov"


def test_two_with_one_login_are_both_told():
    assert odd({"anna": ["anna"], "boris": ["ANNA"]}) == {
        "anna": [(OddityKind.SAME_LOGIN, "anna (boris)")],
        "boris": [(OddityKind.OTHERS_LOGIN, "ANNA (anna)"), (OddityKind.SAME_LOGIN, "ANNA (anna)")],
    }


def test_without_a_class_list_only_what_is_typed_twice_or_not_at_all_is_odd():
    nobody = known_logins([Person("anna"), Person("boris")])
    assert odd({"anna": ["x"], "boris": ["X"], "vera": [""], "gleb": ["y"]}, nobody) == {
        "anna": [(OddityKind.SAME_LOGIN, "x (boris)")],
        "boris": [(OddityKind.SAME_LOGIN, "X (anna)")],
        "vera": [(OddityKind.NO_LOGIN, "login")],
    }


def test_a_login_without_end_is_cut():
    (found,) = login_attention({"anna": ["x" * 10_000 + "\n"]}, KNOWN)["anna"]
    assert isinstance(found, Attention) and len(found.cell) <= 60


def test_an_assignment_that_asks_for_no_login_has_nothing_odd():
    assert odd({"anna": [], "boris": []}) == {}


def test_of_a_whole_class_with_one_login_a_few_are_named():
    told = odd({f"student{number}": ["example"] for number in range(1000)}, known={})
    names = ", ".join(f"student{number}" for number in range(1, 9))
    assert told["student0"] == [(OddityKind.SAME_LOGIN, f"example ({names}, …)")]
    assert len(told) == 1000
