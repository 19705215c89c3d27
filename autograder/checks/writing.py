"""What a lab's own `rules.py` is written with."""

from autograder.checks.calling import call, call_each, call_on_tensors, drawn_for
from autograder.checks.inputs import Integers, Normal
from autograder.checks.messages import Message, _, ngettext
from autograder.checks.plain_data import is_number, same_number
from autograder.checks.rules.calls import (
    call_text,
    expected_value,
    got_value,
    plain_answer,
    require_function,
    returned,
    returned_whole,
)
from autograder.checks.rules.logins import drawn_task
from autograder.checks.rules.rule import Decided, rule
from autograder.checks.rules.running import Seen, network_rule
from autograder.checks.rules.unconfirmed import unconfirmed_rule
from autograder.checks.verdicts import Failed, Passed, Unanswered, Unknown, Verdict
from autograder.network.replaying import same_numbers

__all__ = [
    "Decided", "Failed", "Integers", "Message", "Normal", "Passed", "Seen", "Unanswered", "Unknown", "Verdict",
    "_", "call", "call_each", "call_on_tensors", "call_text", "drawn_for", "drawn_task", "expected_value", "got_value",
    "is_number", "network_rule", "ngettext", "plain_answer", "require_function", "returned", "returned_whole", "rule",
    "same_number", "same_numbers", "unconfirmed_rule",
]  # fmt: skip
