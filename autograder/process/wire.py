"""Messages between the student's process and ours: a length, JSON and raw bytes. Never pickle."""

import json
import socket
import struct
from typing import Any

from autograder import coding

HEADER = struct.Struct(">QI")  # bytes that follow in all, and how many of them are JSON

QUESTIONS_TO_COME = "questions_to_come"  # the request sent to a process before its first question


class Garbled(Exception):
    """Bytes that are no message, or a message larger than allowed."""


def packed(value: Any) -> bytes:
    """A message as it goes over a channel; CannotCross for what can't cross."""
    structure, contents = coding.encode(value)
    text = json.dumps([structure, [len(content) for content in contents]], allow_nan=False).encode()
    return b"".join([HEADER.pack(len(text) + sum(map(len, contents)), len(text)), text, *contents])


def missing_bytes(received: bytes | bytearray, most: int) -> int:
    """How many bytes the message that begins here still lacks; Garbled where it would be larger than `most`."""
    if len(received) < HEADER.size:
        return HEADER.size - len(received)
    length, _text = HEADER.unpack_from(received)
    if length > most:
        raise Garbled(f"a message of {length} bytes")
    return max(0, HEADER.size + length - len(received))


def unpacked(message: bytes | bytearray, most_text: int = 2**32) -> Any:
    """The value of one whole message.

    Garbled for what `packed` does not write, and for more than `most_text` bytes of JSON.
    """
    length, text_length = HEADER.unpack_from(message)
    body = memoryview(message)[HEADER.size :]
    if len(body) != length or text_length > min(length, most_text):
        raise Garbled("a message of another length than it says")
    try:
        structure, sizes = json.loads(bytes(body[:text_length]))
        contents, place = [], text_length
        for size in sizes:
            if type(size) is not int or not 0 <= size <= length - place:
                raise ValueError("contents of an impossible size")
            contents.append(bytes(body[place : place + size]))
            place += size
        return coding.decode(structure, contents)
    except (ValueError, TypeError, RecursionError) as error:
        raise Garbled(str(error)) from error


def receive(channel: socket.socket) -> Any:
    """The next message of a trusted peer; EOFError when it has gone."""
    received = bytearray()
    while missing := missing_bytes(received, most=2**40):
        part = channel.recv(min(missing, 2**20))
        if not part:
            raise EOFError
        received += part
    return unpacked(received)
