"""Names of test cases."""

import re


def without_address(value: object) -> str:
    """The value as text, without the place in memory that differs from one process to the next."""
    return re.sub(r" at 0x[0-9a-f]+", "", str(value))
