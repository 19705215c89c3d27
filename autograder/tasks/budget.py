"""The task of one's own on the number of parameters: a wide field in half of what the direct network costs."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from autograder.network.arithmetic import convolution_parameters
from autograder.network.recipe import Recipe
from autograder.tasks.login import drawn

if TYPE_CHECKING:  # it brings Matplotlib, which whoever judges a task does not need
    from autograder.figures.drawing import Picture

CHANNELS, FIELDS = range(12, 49), (7, 9, 11, 13, 15)
TIMES_CHEAPER = 2  # than the direct network
ROUND = 10  # a budget ends with a zero


@dataclass(frozen=True)
class BudgetTask:
    """From (N, 3, 32, 32) to (N, channels, 32, 32): a value sees so many pixels down and across, for at most `budget`.

    The `language` is that in which it is shown.
    """

    channels: int
    receptive_field: int
    budget: int
    language: str = field(default="ru", compare=False, repr=False)

    @property
    def output_shape(self) -> tuple[int, int, int]:
        return self.channels, 32, 32

    @property
    def direct_breakdown(self) -> dict[str, int]:
        """What each layer costs of the network that reaches the field by 3×3 convolutions alone."""
        first = convolution_parameters(3, self.channels, 3)
        others = [convolution_parameters(self.channels, self.channels, 3)] * (self.receptive_field // 2 - 1)
        return {f"conv{place}": cost for place, cost in enumerate([first, *others], start=1)}

    def picture(self) -> Picture:
        """The breakdown of the direct network beside the budget."""
        from autograder.figures.bars import parameter_bars

        return parameter_bars(self.direct_breakdown, self.budget, self.language)

    def _repr_html_(self) -> str:
        from autograder.figures.tasks import budget_task_html

        direct = sum(self.direct_breakdown.values())
        return budget_task_html(self.channels, self.receptive_field, self.budget, direct, self.language)


@dataclass(frozen=True)
class Bottleneck:
    """A solution: 3×3 to all channels, 1×1 to `width`, 3×3 at these dilations among these, and 3×3 to all again."""

    width: int
    dilations: tuple[int, ...]


def own_budget_task(login: str, language: str = "ru") -> BudgetTask:
    """The numbers that belong to a login; ValueError for an empty one."""
    return replace(drawn(login, budget_tasks(), "budget"), language=language)


@functools.cache
def budget_tasks() -> tuple[BudgetTask, ...]:
    """All tasks. All are about as hard: the budget is half of what the direct network costs, within a part in fifty.

    So the widest bottleneck that fits, at dilation 1, has 46 to 66 % of the channels.
    """
    return tuple(_task(channels, field) for channels in CHANNELS for field in FIELDS)


def budget_solutions(task: BudgetTask) -> tuple[Bottleneck, ...]:
    """Every bottleneck that keeps to the budget and sees exactly so far, the most expensive first."""
    fitting = [
        Bottleneck(width, dilations)
        for dilations in _sums_to((task.receptive_field - 5) // 2)
        for width in range(1, task.channels)
        if cost(task, Bottleneck(width, dilations)) <= task.budget
    ]
    return tuple(sorted(fitting, key=lambda each: -cost(task, each)))


def cost(task: BudgetTask, plan: Bottleneck) -> int:
    """The parameters of a bottleneck."""
    return sum(
        convolution_parameters(channels_in, channels_out, kernel_size)
        for channels_in, channels_out, kernel_size, _dilation in _layers(task, plan)
    )


def network(task: BudgetTask, plan: Bottleneck) -> Recipe:
    """The bottleneck as a network, with a ReLU after each convolution but the last."""
    return _network(_layers(task, plan))


def direct_network(task: BudgetTask) -> Recipe:
    """3×3 convolutions alone, as many as the field needs."""
    return _network(_direct_layers(task))


def wrong_networks(task: BudgetTask) -> dict[str, Recipe]:
    """Networks of the right output that break conditions: by what they do."""
    best = budget_solutions(task)[0]
    widened = replace(best, width=best.width + 2)
    near = replace(best, dilations=best.dilations[1:])
    return {
        "direct": direct_network(task),
        "over the budget": network(task, widened),
        "field too small": network(task, near),
        "no narrowing": _network([(3, task.channels, task.receptive_field, 1)]),
    }


def _task(channels: int, field: int) -> BudgetTask:
    direct = BudgetTask(channels, field, 0).direct_breakdown
    return BudgetTask(channels, field, sum(direct.values()) // TIMES_CHEAPER // ROUND * ROUND)


Layer = tuple[int, int, int, int]  # channels in and out, kernel size, dilation


def _layers(task: BudgetTask, plan: Bottleneck) -> list[Layer]:
    inside = [(plan.width, plan.width, 3, dilation) for dilation in plan.dilations]
    return [
        (3, task.channels, 3, 1),
        (task.channels, plan.width, 1, 1),
        *inside,
        (plan.width, task.channels, 3, 1),
    ]


def _direct_layers(task: BudgetTask) -> list[Layer]:
    widths = [3, *[task.channels] * (task.receptive_field // 2)]
    return [(before, after, 3, 1) for before, after in pairwise(widths)]


def _network(layers: list[Layer]) -> Recipe:
    """The layers at padding that keeps the size."""
    parts = [
        part
        for channels_in, channels_out, kernel_size, dilation in layers
        for part in (
            Recipe("Conv2d", channels_in, channels_out, kernel_size,
                   padding=dilation * (kernel_size // 2), dilation=dilation),
            Recipe("ReLU"),
        )
    ]  # fmt: skip
    return Recipe("Sequential", *parts[:-1])


def _sums_to(total: int) -> Iterator[tuple[int, ...]]:
    """Whole numbers from 1 on, in every order, that make the total."""
    if not total:
        yield ()
    for first in range(1, total + 1):
        yield from ((first, *others) for others in _sums_to(total - first))
