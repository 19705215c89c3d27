"""Names of folders that are no text: bytes in an encoding of their own, as old archives bring them."""

import codecs
import contextlib
import os
import re

ENCODINGS = ("cp1251", "cp866")  # of Windows, and of archives made there
EXPECTED = re.compile(r"[а-яёА-ЯЁa-zA-Z0-9 ._-]")


def is_text(name: str) -> bool:
    """Whether the name of a file is text, which a database can hold."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def suggested_name(name: str) -> str:
    """What a name that is no text most likely was: UTF-8 cut short, or the encoding that gives most letters."""
    written = os.fsencode(name)
    with contextlib.suppress(UnicodeDecodeError):
        begun = codecs.getincrementaldecoder("utf-8")().decode(written)  # a limit of bytes can cut a character in two
        if not begun.isascii():
            return begun
    return max((written.decode(encoding, "replace") for encoding in ENCODINGS), key=_letters)


def _letters(name: str) -> int:
    return len(EXPECTED.findall(name))
