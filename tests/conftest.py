"""Settings for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import settings
from selection import MARK, outside_the_sample

if TYPE_CHECKING:  # the process that hands out the tests needs none of it, and the others wait for it
    from autograder.process.warm import Zygote

# The same examples in each run, and no deadline: a busy machine is no fault of the code.
settings.register_profile("course", derandomize=True, deadline=None)
settings.load_profile("course")

# What takes long comes first, or at the end one process has a long file and the others nothing.
LONG_FIRST = """
test_types.py browser notebooks course grading cli network test_answers.py test_hostile_containers.py test_hostile.py classroom process
""".split()


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> None:
    """Small networks: a second thread only waits, and a busy machine makes it wait long."""
    import torch

    torch.set_num_threads(1)


@pytest.fixture(scope="session", autouse=True)
def workers_are_forked() -> Iterator[None]:
    """The thread in which pytest-xdist waits for messages is no reason to import everything in each worker anew."""
    with patch("autograder.grading.workers.may_fork", lambda: True):
        yield


@pytest.fixture(scope="session")
def zygote() -> Zygote:
    """The warm process of all tests that need no other limits than a course has."""
    from grading.small_course import warm

    return warm()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="all tests of which else a sample is taken")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{MARK}(one_in, kind=None, corpus=None): taken by its name; see selection.py")


@pytest.hookimpl(trylast=True)  # what was chosen by -k is chosen before
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Puts what takes long first, and leaves out what is outside of the sample, unless it was asked for by its name."""
    items.sort(key=lambda item: _rank(*item.path.relative_to(config.rootpath).parts[:2]))
    if config.getoption("--thorough") or config.getoption("keyword") or any("::" in name for name in config.args):
        return
    left_out = outside_the_sample(items)
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


def _rank(folder: str, name: str) -> int:
    """The place among others of a folder or file of tests, or of a folder of notebooks."""
    name = name if folder == "tests" else folder
    return LONG_FIRST.index(name) if name in LONG_FIRST else len(LONG_FIRST)
