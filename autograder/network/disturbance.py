"""Changing tensors in the midst of a replay, to see what depends on them."""

import functools
import math
from collections.abc import Callable, Iterator

import torch

from autograder.network.allowed import CannotReplay, NotEvidence, told_as
from autograder.network.differences import (
    FAINTEST,
    SHRINKS,
    another_input,
    differs,
    differs_finely,
    disturb,
    greatest_change,
    is_same,
    opposite,
    spread,
    unit_of,
)
from autograder.network.layers import draws
from autograder.network.records import Recording
from autograder.network.replaying import (
    Given,
    Replay,
    Tensors,
    Watcher,
    as_recorded,
    is_inexact,
    recorded_inputs,
    recorded_output,
    replay,
    same_numbers,
    tensors_given,
)

ASTRAY = (RuntimeError, IndexError, ValueError)  # of operators that do not take the changed values of those before

Outputs = tuple[torch.Tensor, ...]
Look = Callable[[int, list[torch.Tensor], list[torch.Tensor] | None], None]


class Kept(Watcher):
    """Keeps the first argument and the results of the operators `indexes`."""

    def __init__(self, indexes: frozenset[int]) -> None:
        self.indexes = indexes
        self.entered: dict[int, torch.Tensor] = {}
        self.left: dict[int, tuple[torch.Tensor, ...]] = {}

    def before(self, index: int, arguments: Tensors) -> None:
        if index in self.indexes and isinstance(entering := arguments()[0], torch.Tensor):
            self.entered[index] = entering.clone()

    def after(self, index: int, outputs: Tensors) -> None:
        if index in self.indexes:
            self.left[index] = tuple(output.clone() for output in outputs())


class Effects:
    """What the results of the operators `indexes`, and the inputs, change of the outputs.

    The trace is replayed on its own inputs and, in step, on others: noise, where none are given. `look` is called
    after each operator with its index, what it left, and what it left for the other inputs: None once those lead the
    operators astray. An output is another where it differs by more than rounding. Where the trace is in double
    precision, `coarse` are its effects in single: what is rounding there shrinks here. NotEvidence where what the trace
    says of its outputs is not what its operators give.
    """

    def __init__(
        self,
        trace: Recording,
        indexes: frozenset[int],
        others: Given | None = None,
        look: Look | None = None,
        watcher: Watcher | None = None,
        coarse: "Effects | None" = None,
    ) -> None:
        self._trace = trace
        self._rounding = SHRINKS * coarse.change if coarse else None
        self.kept, kept_beside = Kept(indexes), Kept(indexes)
        with as_recorded(trace), told_as(NotEvidence):
            self._inputs, recorded = recorded_inputs(trace), tuple(map(recorded_output, trace.outputs))
            given = tuple(map(another_input, self._inputs)) if others is None else tensors_given(others)
            self._other_inputs = tuple(map(torch.Tensor.type_as, given, self._inputs))
            run = Replay(trace, self._inputs, self.kept, *filter(None, (watcher,)))
            beside: Replay | None = Replay(trace, self._other_inputs, kept_beside)
            for index, operator in enumerate(trace.operators):
                state = torch.default_generator.get_state() if draws(operator) else None
                run.step(index)
                if state is not None:
                    torch.default_generator.set_state(state)
                beside = beside if beside and _takes(beside, index) else None
                if look:
                    look(index, run.tensors(operator.outputs), beside.tensors(operator.outputs) if beside else None)
            self.outputs, self.outputs_for_others = run.outputs(), beside.outputs() if beside else None
        if not all(map(same_numbers, self.outputs, recorded)):
            raise NotEvidence
        self._others = kept_beside.left
        self.spreads = tuple(map(spread, self._inputs))
        self._for_others = self._changed(self.outputs_for_others)
        self.depends_on_input = True in self._for_others or True in self._for_negative  # effects may have one sign
        self.is_faint = not self.depends_on_input and self.outputs_for_others is not None and None in self._for_others
        self.changes = {index: self._change(index) for index, left in self.kept.left.items() if is_inexact(left[0])}

    def _change(self, index: int) -> float:
        """How much another image changes what an operator gives, the root of the mean square; else its spread."""
        left, other = self.kept.left[index][0], self._others.get(index)
        if other is None or not self.depends_on_input:
            return spread(left)
        change = (left - other[0]).abs().nan_to_num(0, 0, 0)
        return float(torch.linalg.vector_norm(change, dtype=torch.float64)) / math.sqrt(max(1, change.numel()))

    @functools.cached_property
    def change(self) -> float:
        """By how much a number of the outputs changes at most with other inputs, or with their opposites."""
        negative = () if True in self._for_others else self._negative[1] or ()
        changes = [*map(greatest_change, self.outputs_for_others or (), self.outputs)]
        return max([*changes, *map(greatest_change, negative, self.outputs)], default=0.0)

    @property
    def may_be_rounding(self) -> bool:
        """Whether what inputs change of the outputs is so little that double precision tells what it is."""
        return self.is_faint or 0 < self.change < FAINTEST

    @functools.cached_property
    def _negative(self) -> tuple[Kept, Outputs | None]:
        """What the operators give for the opposites of the inputs, and the outputs."""
        kept = Kept(self.kept.indexes)
        return kept, outputs_of(self._trace, kept, tuple(map(opposite, self._inputs)))

    @functools.cached_property
    def dependence(self) -> tuple[tuple[bool | None, ...], ...]:
        """For each output, of each input: whether that input alone changes it; None where that can't be told."""
        of_inputs = [self._dependence(place) for place in range(len(self._inputs))]
        return tuple(zip(*of_inputs, strict=True))

    def _dependence(self, place: int) -> list[bool | None]:
        found: list[bool | None] = [False] * len(self.outputs)
        for changed in self._changed_where_another(place):
            found = list(map(_either, found, changed))
            if all(found):
                break
        return found

    def _changed_where_another(self, place: int) -> Iterator[list[bool | None]]:
        """Which outputs are others where one input is another, and where it is its opposite."""
        if len(self._inputs) == 1:
            yield self._for_others
            yield self._for_negative
            return
        for other in (self._other_inputs[place], opposite(self._inputs[place])):
            inputs = (*self._inputs[:place], other, *self._inputs[place + 1 :])
            yield self._changed(outputs_of(self._trace, Watcher(), inputs))

    @functools.cached_property
    def _for_negative(self) -> list[bool | None]:
        return self._changed(self._negative[1])

    def _changed(self, outputs: Outputs | None) -> list[bool | None]:
        """Which outputs are others; None where one is by less than counts, or where operators were led astray."""
        if outputs is None:
            return [None] * len(self.outputs)
        return list(map(self._told, outputs, self.outputs, self._units))

    def _told(self, output: torch.Tensor, before: torch.Tensor, unit: float) -> bool | None:
        if self._differ(output, before, unit):
            return True
        is_rounding = self._rounding is not None and greatest_change(output, before) <= self._rounding
        return False if is_rounding or is_same(output, before) else None

    def matters(self, index: int) -> bool:
        """Whether an output is another with what operator `index` gives for other images, all else being as it was.

        Where no output depends on the inputs, noise is added to what it gives. CannotReplay where the operators behind
        do not take it.
        """
        goes_astray = False
        for other in self._given_otherwise(index) if index in self.kept.left else ():
            outputs = outputs_of(self._trace, _Instead(self.kept, index, other)) if other else None
            if self._differs(outputs):
                return True
            goes_astray |= outputs is None
        if goes_astray:
            raise CannotReplay("changed values are such as the operators behind do not take")
        return False

    def _given_otherwise(self, index: int) -> Iterator[tuple[torch.Tensor, ...] | None]:
        if self.depends_on_input:
            yield self._others.get(index)
            yield self._negative[0].left.get(index)
        else:
            noisy = tuple(tensor.clone() for tensor in self.kept.left[index])
            disturb(noisy[0], self.changes.get(index, 0.0))
            yield noisy

    def _differs(self, outputs: Outputs | None) -> bool:
        """Whether one of the outputs is another; None, where operators were led astray, tells nothing."""
        return outputs is not None and any(map(self._differ, outputs, self.outputs, self._units))

    def _differ(self, output: torch.Tensor, before: torch.Tensor, unit: float) -> bool:
        if self._rounding is None:
            return differs(output, before, unit)
        return differs_finely(output, before, self._rounding)

    @functools.cached_property
    def _units(self) -> tuple[float, ...]:
        return tuple(map(unit_of, self.outputs))


class _Instead(Watcher):
    """Has operator `index` give something else; what was kept of those before it need not be executed."""

    def __init__(self, kept: Kept, index: int, other: tuple[torch.Tensor, ...]) -> None:
        self._kept = kept
        self._index = index
        self._other = other

    def instead(self, index: int) -> tuple[torch.Tensor, ...] | None:
        given = self._other if index == self._index else self._kept.left.get(index) if index < self._index else None
        return tuple(tensor.clone() for tensor in given) if given else None


def _either(first: bool | None, second: bool | None) -> bool | None:
    """Whether one of two is so; None where that can't be told."""
    if first or second:
        return True
    return None if None in (first, second) else False


def outputs_of(trace: Recording, watcher: Watcher, inputs: Given | None = None) -> Outputs | None:
    """The outputs of a watched replay, on the recorded inputs or others; None where changed values led it astray."""
    try:
        return replay(trace, recorded_inputs(trace) if inputs is None else inputs, watcher)
    except ASTRAY:
        return None


def _takes(run: Replay, index: int) -> bool:
    try:
        run.step(index)
    except ASTRAY:
        return False
    return True
