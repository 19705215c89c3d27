"""Marking in the process of the test, which starts no workers and rehearses nothing."""

from collections.abc import Iterator
from typing import Any

from autograder.grading import workers
from autograder.grading.marked import Submission
from autograder.process.warm import Zygote


class Here:
    """In the place of the workers: the same marking in this process, where its steps can be watched."""

    def __init__(self, notebooks: Any, zygote: Zygote, jobs: int) -> None:
        self._marking = (notebooks, zygote)

    def rehearse(self, answers: Any) -> None:
        pass

    def examine(self, submissions: Iterator[Submission]) -> Iterator[tuple[str, Any]]:
        notebooks, zygote = self._marking
        for each in submissions:
            yield each.student, workers.examine(notebooks, each, zygote, zygote.limits)

    def close(self) -> None:
        pass
