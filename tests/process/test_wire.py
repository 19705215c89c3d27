"""Messages cross whole, and what is no message is refused."""

import socket
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.process.wire import HEADER, Garbled, missing_bytes, packed, receive, unpacked

values = st.recursive(st.none() | st.integers() | st.text() | st.binary(), lambda parts: st.lists(parts), max_leaves=20)


@given(values)
def test_a_message_comes_back_as_it_was(value):
    assert unpacked(packed(value)) == value


@given(values, st.integers(0, 200))
def test_what_is_missing_is_what_was_cut_off(value, cut):
    message = packed(value)
    cut = min(cut, len(message) - HEADER.size)
    assert missing_bytes(message[: len(message) - cut], most=10**6) == cut


def test_a_message_of_many_parts_is_received_whole():
    ours, theirs = socket.socketpair()
    value = [b"x" * 10**6, {"a": (1, None)}, b""]
    with ours, theirs:
        sending = threading.Thread(target=theirs.sendall, args=(packed(value),))
        sending.start()
        assert receive(ours) == value
        sending.join()
        theirs.close()
        with pytest.raises(EOFError):
            receive(ours)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_message_are_refused(text):
    with pytest.raises(Garbled):
        unpacked(HEADER.pack(len(text), len(text)) + text + b"more")


@given(st.binary(max_size=60))
def test_what_a_message_says_of_itself_is_not_believed(text):
    for message in (HEADER.pack(len(text), 2**31) + text, HEADER.pack(len(text), len(text)) + text):
        try:
            unpacked(message)
        except Garbled:
            continue


def test_a_message_that_is_too_large_is_not_waited_for():
    with pytest.raises(Garbled, match="bytes"):
        missing_bytes(HEADER.pack(2**40, 10), most=10**6)
