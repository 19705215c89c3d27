"""Which tensors of a trace a parameter budget counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch

from autograder.network.allowed import operator_of
from autograder.network.disturbance import SCALES, Disturbance
from autograder.network.flow import FACTORIES, INPUT, computed_from_input
from autograder.network.records import Operator, Recording, View, views_in
from autograder.network.replay import recorded_input, replay

# Operators in which a constant is only added, compared or put beside the map.
FREE_FOR_CONSTANTS = frozenset(
    """
    add sub rsub cat stack copy maximum minimum clamp clamp_min clamp_max gt ge lt le eq ne
    slice_scatter select_scatter constant_pad_nd
    """.split()
)
BATCH_NORMS = frozenset(
    """
    native_batch_norm batch_norm cudnn_batch_norm _native_batch_norm_legit _native_batch_norm_legit_no_training
    _batch_norm_with_update
    """.split()
)
RUNNING_STATISTICS = slice(3, 5)  # running_mean and running_var among a batch norm's arguments
# Which arguments of an operator are multiplied with each other, or looked up in.
MULTIPLIED = {
    "convolution": (0, 1), "mm": (0, 1), "bmm": (0, 1), "addmm": (1, 2), "baddbmm": (1, 2), "mul": (0, 1),
    "div": (0, 1), "index": (0,), "index_select": (0,), "gather": (0,),
}  # fmt: skip
VALUE_BY_VALUE = frozenset("mul div where lerp masked_fill".split())
CONDITIONS = {"where": 0, "masked_fill": 1}  # arguments that only choose
Place = tuple[int, int]
EMPTY = frozenset("empty empty_like empty_strided new_empty new_empty_strided zeros zeros_like new_zeros".split())
FILLED = frozenset("full full_like new_full ones ones_like new_ones scalar_tensor".split())
STILL_PLAIN = frozenset("mul div add sub rsub neg gt ge lt le eq ne logical_not bitwise_not clone _to_copy".split())
UNCHANGED = 1e-4  # of a standard deviation
OUTPUT = (-1, 0)  # stands for the network's output among the places


@dataclass(frozen=True)
class ParameterTensor:
    """One storage that the budget counts; `hidden` is what the network reads without having registered it."""

    name: str
    elements: int
    kind: str  # "parameter", "buffer" or "hidden"


def counted_parameters(trace: Recording) -> tuple[ParameterTensor, ...]:
    """Registered parameters and buffers, then what is read as a weight or bias unregistered; each storage once.

    Free are running statistics of normalisation layers, constants that are only added, compared or concatenated, and
    what scales a map value by value with noise or with one number: dropout, clipping.
    """
    weights, constants, mixed_in = _roles(trace)
    weights |= _constants_that_weigh(trace, mixed_in)
    counted: dict[int, ParameterTensor] = {}
    for owned in trace.owned:
        only_constant = owned.storage in constants - weights
        only_statistic = owned.running_statistic and owned.storage not in weights
        if owned.storage not in counted and (owned.kind == "parameter" or not (only_constant or only_statistic)):
            counted[owned.storage] = ParameterTensor(owned.name, owned.storage_elements, owned.kind)
    registered = {owned.storage for owned in trace.owned}
    for storage in sorted(weights - registered):
        counted[storage] = ParameterTensor("", _elements(trace, storage), "hidden")
    return tuple(counted.values())


def _roles(trace: Recording) -> tuple[set[int], set[int], dict[int, set[int]]]:
    """Storages not computed from the input: those that weigh it, and those only set beside it.

    Also which of the latter are mixed into a storage that is computed from the input.
    """
    registered = {owned.storage for owned in trace.owned}
    tainted = {trace.input.storage}
    roots: dict[int, set[int]] = {}
    weights: set[int] = set()
    constants: set[int] = set()
    mixed_in: dict[int, set[int]] = {}
    plain: set[int] = set()

    def roots_of(storage: int) -> set[int]:
        return roots.get(storage, {storage})

    for operator in trace.operators:
        read = operator.inputs
        if computed_from_input(operator, tainted):
            # What is not made of something registered in the network is no statistic of one of its layers.
            running = {each for each in _running_statistics(operator) if roots_of(each) <= registered}
            family = operator.family.rstrip("_")
            free = running | (plain if family in VALUE_BY_VALUE else set())
            conditions = _conditions(operator)
            mixed = set().union(*(mixed_in.get(view.storage, set()) for view in read))
            for view in read:
                if view.storage in tainted | free:
                    continue
                if family in FREE_FOR_CONSTANTS or view.storage in conditions:
                    mixed |= roots_of(view.storage)
                else:
                    weights |= roots_of(view.storage)
            constants |= mixed
            tainted |= {view.storage for view in operator.outputs}
            mixed_in |= {view.storage: mixed | mixed_in.get(view.storage, set()) for view in operator.outputs}
        else:
            _derive(operator, roots, plain)
            _note_plain(operator, plain)
    return weights, constants, mixed_in


def _conditions(operator: Operator) -> set[int]:
    place = CONDITIONS.get(operator.family.rstrip("_"))
    return {view.storage for view in views_in(operator.arguments[place])} if place is not None else set()


def _note_plain(operator: Operator, plain: set[int]) -> None:
    """Notes in which storages there is noise, or one number again and again."""
    family = operator.family.rstrip("_")
    read = {view.storage for view in operator.inputs}
    draws = torch.Tag.nondeterministic_seeded in operator_of(operator.name).tags and operator.random_state is None
    is_plain = draws or family in FILLED or (family in STILL_PLAIN and read and read <= plain)
    for view in operator.outputs:
        if operator.writes or view.storage not in read:
            (plain.add if is_plain else plain.discard)(view.storage)


def _derive(operator: Operator, roots: dict[int, set[int]], plain: set[int]) -> None:
    """Notes what an operator's output, not computed from the input, is made of."""
    family = operator.family.rstrip("_")
    sources = set() if family in FACTORIES else {view.storage for view in operator.inputs}
    if family in VALUE_BY_VALUE and not sources <= plain:
        sources -= plain
    origins = set().union(*(roots.get(source, {source}) for source in sources))
    for view in operator.outputs:
        if view.storage in sources:  # a view, or written in place
            blank = roots.get(view.storage) == set()
            others = set().union(*(roots.get(each, {each}) for each in sources - {view.storage}))
            if others or not blank:
                roots[view.storage] = roots.get(view.storage, {view.storage}) | others
            elif operator.writes:  # filled in place: a tensor of its own from now on
                roots[view.storage] = {view.storage}
        elif family in EMPTY:
            roots[view.storage] = set()
        else:
            roots[view.storage] = origins or {view.storage}


def _running_statistics(operator: Operator) -> set[int]:
    """Storages that a batch norm reads as running statistics."""
    if operator.family not in BATCH_NORMS:
        return set()
    return {view.storage for view in operator.arguments[RUNNING_STATISTICS] if view is not None}


def _elements(trace: Recording, number: int) -> int:
    """As many as were read: one number could be stored in the place of two."""
    views = [view for operator in trace.operators for view in operator.inputs if view.storage == number]
    nbytes = next(storage.nbytes for storage in trace.storages if storage.number == number)
    return nbytes // min(getattr(torch, view.dtype).itemsize for view in views)


class _Operands(Disturbance):
    """Keeps the operands `places` (operator, argument) of a replay whose input is disturbed, or with scale 0 is not."""

    def __init__(self, scale: float, places: set[Place]) -> None:
        super().__init__(frozenset({INPUT}) if scale else frozenset(), scale)
        self._places = places
        self.operands: dict[Place, torch.Tensor] = {}

    def before(self, index: int, arguments: tuple[Any, ...]) -> None:
        for place in self._places:
            if place[0] == index:
                self.operands[place] = arguments[place[1]].clone()


def _constants_that_weigh(trace: Recording, mixed_in: dict[int, set[int]]) -> set[int]:
    """Constants that were mixed with values of the input, and weigh others nevertheless: the mixture stands still.

    In a network that ignores its input everything does, and no constant is more than the others.
    """
    places = {place: view.storage for place, view in _operands_made_of_the_input(trace) if mixed_in.get(view.storage)}
    if not places:
        return set()
    before = _operands(trace, _Operands(0.0, set(places)))
    all_after = [_operands(trace, _Operands(scale, set(places))) for scale in SCALES]
    if all(OUTPUT in after and torch.equal(before[OUTPUT], after[OUTPUT]) for after in all_after):
        return set()
    still = (
        storage
        for place, storage in places.items()
        if all(place in after and _are_unchanged(before[place], after[place]) for after in all_after)
    )
    return set().union(*(mixed_in[storage] for storage in still))


def _are_unchanged(before: torch.Tensor, after: torch.Tensor) -> bool:
    if before.shape != after.shape or before.dtype != after.dtype:
        return False
    if torch.equal(before, after):
        return True
    if not before.is_floating_point() or before.numel() < 2:
        return False
    return bool((after - before).abs().max() <= UNCHANGED * before.std())


def _operands_made_of_the_input(trace: Recording) -> Iterator[tuple[Place, View]]:
    """What an operator multiplies, or looks up in, where all of it is computed from the input, structurally."""
    tainted = {trace.input.storage}
    for index, operator in enumerate(trace.operators):
        if not computed_from_input(operator, tainted):
            continue
        places = MULTIPLIED.get(operator.family.rstrip("_"), ())
        operands = [((index, place), operator.arguments[place]) for place in places]
        if all(isinstance(view, View) and view.storage in tainted for _place, view in operands):
            yield from operands
        tainted |= {view.storage for view in operator.outputs}


def _operands(trace: Recording, watcher: _Operands) -> dict[Place, torch.Tensor]:
    """What was multiplied, by place, and the output."""
    try:
        output = replay(trace, recorded_input(trace), watcher)
    except (RuntimeError, IndexError, ValueError):
        return watcher.operands  # what came before the changed values led astray still counts
    return watcher.operands | {OUTPUT: output}
