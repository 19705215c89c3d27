"""What a process shows is taken over, whatever it is written in, and cut where it is too much."""

import json

from hypothesis import given
from hypothesis import strategies as st

from autograder.process.outputs import checked_outputs
from autograder.process.shell import Outputs

MOST = 2000
TEXTS = st.text(max_size=60) | st.sampled_from(["я" * 400, "\n" * 400, "😀" * 400, "a" * 400])
SHOWN = st.lists(st.tuples(st.sampled_from(["stdout", "stderr", "error", "text/plain"]), TEXTS), max_size=12)


def shown(parts: list[tuple[str, str]], most: int = MOST) -> list[dict]:
    outputs = Outputs(most)
    for where, text in parts:
        if where == "error":
            outputs.error("ValueError", text, text.splitlines())
        elif where == "text/plain":
            outputs.data("display_data", {where: text}, {})
        else:
            outputs.stream(where, text)
    return outputs.taken()


@given(SHOWN)
def test_what_was_shown_is_never_too_large_to_be_taken(parts):
    taken = shown(parts)
    assert checked_outputs(taken, 2 * MOST) is not None


@given(SHOWN)
def test_nothing_is_cut_where_there_is_room(parts):
    whole = shown(parts, most=10**9)
    if len(json.dumps(whole)) <= MOST:
        assert shown(parts) == whole


@given(TEXTS.filter(bool), TEXTS)
def test_a_text_is_cut_where_the_room_ends(first, more):
    (whole,) = shown([("stdout", first), ("stdout", more)], most=10**9)
    for taken in shown([("stdout", first), ("stdout", more)], most=300):
        assert whole["text"].startswith(taken["text"])
        assert len(json.dumps(taken)) <= 300
        left = whole["text"][len(taken["text"]) :]
        assert not left or len(json.dumps({**taken, "text": taken["text"] + left[0]})) > 300


def test_what_has_no_room_is_told():
    (told,) = shown([("text/plain", "a" * 3000)])
    assert told["text"] == "…"
