"""The task of one's own on spatial size: from n×n to m×m in three convolutions without padding."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING

from autograder.network.arithmetic import size_through
from autograder.network.recipe import Recipe
from autograder.tasks.login import drawn

if TYPE_CHECKING:  # it brings Matplotlib, which whoever judges a task does not need
    from autograder.figures.drawing import Picture

CONVOLUTIONS, KERNEL_SIZE = 3, 3
SIZES = range(20, 73)
SMALLEST_OUTPUT = 3
SOLUTIONS = range(3, 10)  # how many chains solve a task: the measure by which all are about as hard
WIDTH = 8  # channels between the convolutions of a solution
Layer = tuple[int, int, int]  # kernel size, stride, padding
Chain = tuple[Layer, ...]


@dataclass(frozen=True)
class SizeTask:
    """From (N, 3, size, size) to (N, channels, output, output), in so many convolutions with kernels of so many pixels.

    No padding anywhere. The `language` is that in which it is shown.
    """

    size: int
    channels: int
    output: int
    convolutions: int = CONVOLUTIONS
    kernel_size: int = KERNEL_SIZE
    language: str = field(default="ru", compare=False, repr=False)

    @property
    def input_shape(self) -> tuple[int, int, int]:
        return 3, self.size, self.size

    @property
    def output_shape(self) -> tuple[int, int, int]:
        return self.channels, self.output, self.output

    def picture(self) -> Picture:
        """What goes in and what is to come out, to scale."""
        from autograder.figures.tasks import size_task_picture

        return size_task_picture(self.size, self.output, self.channels, self.convolutions, self.language)

    def _repr_html_(self) -> str:
        from autograder.figures.tasks import size_task_html

        return size_task_html(
            self.size, self.output, self.channels, self.convolutions, self.kernel_size, self.language
        )


def own_size_task(login: str, language: str = "ru") -> SizeTask:
    """The numbers that belong to a login; ValueError for an empty one."""
    return replace(drawn(login, size_tasks(), "size"), language=language)


@functools.cache
def size_tasks() -> tuple[SizeTask, ...]:
    """All tasks, about as hard: the map must be halved, and `SOLUTIONS` chains will do.

    Where no stride exceeds its kernel, it takes three convolutions. Each size has a number of channels of its own; so
    no network solves two tasks.
    """
    return tuple(
        SizeTask(size, _channels(size), output)
        for size in SIZES
        for output, solutions in sorted(_solutions(size).items())
        if SMALLEST_OUTPUT <= output <= size // 2 + 1
        and len(solutions) in SOLUTIONS
        and all(len(chain) == CONVOLUTIONS for chain in solutions)
    )


def size_solutions(task: SizeTask) -> tuple[Chain, ...]:
    """Every chain of unpadded convolutions that solves the task, with no stride larger than its kernel."""
    return _solutions(task.size)[task.output]


def network(task: SizeTask, chain: Chain) -> Recipe:
    """The chain as a network, with a ReLU after each convolution."""
    widths = [3, *[WIDTH] * (len(chain) - 1), task.channels]
    layers = [
        part
        for place, (kernel_size, stride, padding) in enumerate(chain)
        for part in (
            Recipe("Conv2d", widths[place], widths[place + 1], kernel_size, stride=stride, padding=padding),
            Recipe("ReLU"),
        )
    ]
    return Recipe("Sequential", *layers)


def wrong_networks(task: SizeTask) -> dict[str, Recipe]:
    """Networks that break a condition, by what they do; most give the right output."""
    chains = {
        "padded": _first(task, CONVOLUTIONS, KERNEL_SIZE, paddings=(0, 1)) or _padded(size_solutions(task)[0]),
        "one convolution more": _first(task, CONVOLUTIONS + 1, KERNEL_SIZE),
        "one kernel too large": ((task.size - task.output + 1, 1, 0),),
    }
    return {name: network(task, chain) for name, chain in chains.items() if chain}


def _padded(chain: Chain) -> Chain:
    (kernel_size, stride, _none), *others = chain
    return (kernel_size, stride, 1), *others


def _channels(size: int) -> int:
    return 2 * size - 16


@functools.cache
def _solutions(size: int) -> dict[int, tuple[Chain, ...]]:
    """The chains of up to so many unpadded convolutions, by the size that they give."""
    found: dict[int, list[Chain]] = {}
    for length in range(1, CONVOLUTIONS + 1):
        for chain in _chains(length, KERNEL_SIZE):
            found.setdefault(size_through(size, chain), []).append(chain)
    return {output: tuple(chains) for output, chains in found.items()}


def _chains(length: int, largest: int, paddings: tuple[int, ...] = (0,)) -> Iterator[Chain]:
    kernels = range(2, largest + 1)
    layers = [(kernel, stride, pad) for kernel in kernels for stride in range(1, kernel + 1) for pad in paddings]
    return product(layers, repeat=length)


def _first(task: SizeTask, length: int, largest: int, paddings: tuple[int, ...] = (0,)) -> Chain | None:
    """The first chain of this length that gives the output, padded if there may be padding."""
    return next(
        (
            chain
            for chain in _chains(length, largest, paddings)
            if size_through(task.size, chain) == task.output and (paddings == (0,) or any(each[2] for each in chain))
        ),
        None,
    )
