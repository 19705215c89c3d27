"""Answers to an assignment's own exercises alone: the task of the student's own is dear to judge, again and again."""

from dataclasses import replace

from autograder.course.answers import AnswerFile

OWN = {"variant2": "own_net", "variant3": "own_compact_net"}
LOGIN, EMPTY = "login", 'login = ""'


def own_left_out(assignment: str, answers: AnswerFile) -> AnswerFile:
    """The answers with the login left empty, where they say nothing of their own task, which is lost then."""
    own = OWN[assignment]
    if {LOGIN, own} & answers.cells.keys():
        return answers
    cells = {**answers.cells, LOGIN: EMPTY, own: "..."}
    return replace(answers, cells=cells, loses=(*answers.loses, f"test_{own}"))
