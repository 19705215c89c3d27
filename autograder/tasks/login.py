"""From a login to a task: the same for everyone who types the login, and not to be foreseen."""

import hashlib
import unicodedata
from collections.abc import Sequence
from typing import TypeVar

LOGIN = "login"  # the name under which a student writes it down
Task = TypeVar("Task")


def normalised(login: str) -> str:
    """The login in Unicode's form NFKC, in small letters (casefold), without spaces around it."""
    folded = unicodedata.normalize("NFKC", login).casefold()
    return unicodedata.normalize("NFKC", folded).strip()


def drawn(login: str, tasks: Sequence[Task], purpose: str) -> Task:
    """The task at the place that the first 8 bytes of SHA-256 of `purpose:login` name; ValueError for an empty login.

    With another purpose a login gets a place of its own.
    """
    if not normalised(login):
        raise ValueError("the login is empty")
    digest = hashlib.sha256(f"{purpose}:{normalised(login)}".encode()).digest()
    return tasks[int.from_bytes(digest[:8], "big") % len(tasks)]
