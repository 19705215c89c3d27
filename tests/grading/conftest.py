from collections.abc import Iterator

import pytest

from autograder.process.limits import Limits
from autograder.process.warm import Zygote


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """A warm process for all tests of grading: what one notebook does in its fork reaches no other."""
    with Zygote(Limits()) as started:
        yield started
