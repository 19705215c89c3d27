"""What a person is told of each thing to look at in a submission: on the terminal, in nbgrader's log, on pages."""

from autograder.checks.messages import Message, _
from autograder.kinds import AttentionKind, LossKind, OddityKind

ATTENTION: dict[AttentionKind, Message] = {
    LossKind.ENDED: _("ended the process"),
    LossKind.CPU: _("computed for too long"),
    LossKind.WALL: _("took too long"),
    LossKind.TOTAL: _("not run, or not to its end: the submission's time was over"),
    LossKind.MEMORY: _("took too much memory"),
    LossKind.PROCESSES: _("started too many processes"),
    LossKind.LEFT_RUNNING: _("left too much running"),
    LossKind.MEMORY_KEPT: _("kept too much memory"),
    LossKind.GARBLED: _("answered what was not asked, or too much"),
    OddityKind.DUPLICATED: _("more than once in the notebook"),
    OddityKind.MISSING: _("deleted"),
    OddityKind.RETYPED: _("turned into a cell of another type"),
    OddityKind.REORDERED: _("moved"),
    OddityKind.CHANGED: _("changed, though locked"),
    OddityKind.RETAGGED: _("with other metadata"),
    OddityKind.ACTIVE: _("held something that a browser would run or fetch: shown as text, or taken out"),
    OddityKind.BESIDE: _("was not marked: it has another name than the assignment's notebook"),
    OddityKind.NOT_LAID: _("was not there when cells ran: it is too large, or a file of the course has its place"),
    OddityKind.NOT_HANDED_IN: _("was not handed in, and earns nothing"),
    OddityKind.NO_LOGIN: _("left empty: there is no task of one's own"),
    OddityKind.UNKNOWN_LOGIN: _("a login that the class list does not have"),
    OddityKind.OTHERS_LOGIN: _("the login of another student"),
    OddityKind.SAME_LOGIN: _("a login that others have, too"),
    OddityKind.TAMPERED: _("got no mark: something in this notebook makes tests tell what is not so"),
    OddityKind.MORE_THAN_ALL: _("got no mark: the test gives more points than it has"),
    OddityKind.BROKEN_RULE: _("got no mark: a rule of the course, in rules.py, has stopped with an error"),
    OddityKind.MISUSED: _("got no mark: this test asks of an answer what can't be had from outside"),
}
OF_A_FILE = (OddityKind.BESIDE, OddityKind.NOT_LAID, OddityKind.NOT_HANDED_IN)
OF_A_LOGIN = (OddityKind.UNKNOWN_LOGIN, OddityKind.OTHERS_LOGIN, OddityKind.SAME_LOGIN)


def told(student: str, kind: AttentionKind, cell: str) -> Message:
    """Whose it is, where, and what; for what `cell` stands, `Attention` says."""
    what = ATTENTION[kind]
    if kind in OF_A_FILE:
        return _("{student}: {file} {what}.", student=student, file=cell, what=what)
    if kind in OF_A_LOGIN:
        return _("{student}: {what}: {login}.", student=student, what=what, login=cell)
    return _("{student}, cell {cell}: {what}.", student=student, cell=cell, what=what)
