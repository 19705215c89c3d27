"""What a test asks is drawn from a seed: one of its own for each submission, and a fixed one in a notebook."""

import hashlib
import secrets
from typing import Any

FIXED = 0  # in a notebook, so that a check asks the same each time


def new_seed() -> int:
    """One that nobody can guess."""
    return secrets.randbits(128)


def derived(seed: int, *purpose: Any) -> int:
    """A seed for one purpose, from which neither the first nor that for another purpose can be told."""
    text = ":".join(map(str, (seed, *purpose)))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
