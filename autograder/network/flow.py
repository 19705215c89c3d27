"""How feature maps flow through a trace: what is computed from the input, and which size each map brings along."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from autograder.network.records import Operator, Recording, View

INPUT = -1  # stands for the network's input where an operator's index is expected

FACTORIES = frozenset(
    """
    empty_like zeros_like ones_like full_like rand_like randn_like randint_like
    new_empty new_empty_strided new_zeros new_ones new_full
    """.split()
)
POOLS = frozenset(
    """
    avg_pool2d max_pool2d max_pool2d_with_indices _adaptive_avg_pool2d adaptive_avg_pool2d adaptive_max_pool2d
    fractional_max_pool2d
    """.split()
)
REDUCTIONS = frozenset(
    "mean sum amax amin max min prod norm linalg_vector_norm logsumexp var std var_mean std_mean median".split()
)


@dataclass(frozen=True)
class FeatureMap:
    """Height and width that left the convolutions or poolings `sources`, wherever the values went since.

    `changed_by` is the operator, neither convolution nor pooling, after which the tensor first had another size;
    `grown` says that one may have put something around the map, were it only in the place of what was cut off.
    """

    size: tuple[int, int]
    sources: frozenset[int]
    changed_by: str = ""
    grown: bool = False


@dataclass(frozen=True)
class Entry:
    """A feature map that enters a convolution, a pooling or, with `index` None, the network's output."""

    index: int | None
    map: FeatureMap
    entered: tuple[int, ...]


def computed_from_input(operator: Operator, tainted: set[int]) -> bool:
    """Whether the operator reads values of one of the tainted storages, and not only their shape."""
    return operator.family not in FACTORIES and any(view.storage in tainted for view in operator.inputs)


def operators_from_input(trace: Recording) -> Iterator[tuple[int, Operator, set[int]]]:
    """Each operator that is computed from the input, with its index and the storages that were so before it."""
    tainted = {trace.input.storage}
    for index, operator in enumerate(trace.operators):
        if computed_from_input(operator, tainted):
            yield index, operator, tainted
            tainted |= {view.storage for view in operator.outputs}


def operators_between(trace: Recording) -> tuple[int, ...]:
    """Indexes, in order, of the operators that are computed from the input and whose results may reach the output."""
    from_input = {index for index, _operator, _tainted in operators_from_input(trace)}
    wanted = {trace.output.storage} if trace.output else set()
    between = []
    for index in range(len(trace.operators) - 1, -1, -1):
        operator = trace.operators[index]
        if any(view.storage in wanted for view in operator.outputs):
            wanted |= {view.storage for view in operator.inputs}
            between.append(index)
    return tuple(sorted(from_input & set(between)))


def is_convolution(operator: Operator) -> bool:
    return operator.family == "convolution"


def is_pooling(operator: Operator) -> bool:
    """A pooling of 2-d maps that does not enlarge."""
    if operator.family not in POOLS:
        return False
    before, after = operator.inputs[0].shape[-2:], operator.outputs[0].shape[-2:]
    return all(new <= old for new, old in zip(after, before, strict=True))


def _is_plain_convolution(operator: Operator) -> bool:
    return is_convolution(operator) and len(operator.inputs[0].shape) == 4 and not operator.arguments[6]


def changes_size(operator: Operator) -> bool:
    """Whether this is one of the two lawful ways to a size: a convolution, not transposed, or a pooling."""
    return _is_plain_convolution(operator) or is_pooling(operator)


def entries(trace: Recording, between: tuple[int, ...]) -> tuple[Entry, ...]:
    """The convolutions and poolings among the operators `between`, and last the output, with the map entering each."""
    maps: dict[int, FeatureMap] = {}
    if len(trace.input.shape) >= 3:
        maps[trace.input.storage] = FeatureMap(trace.input.shape[-2:], frozenset({INPUT}))
    found = []
    for index, operator in enumerate(trace.operators):
        arriving = [(view, maps[view.storage]) for view in operator.inputs if view.storage in maps]
        if not arriving or operator.family in FACTORIES or not operator.outputs:
            continue
        if changes_size(operator):
            first, arrived = arriving[0]
            if index in between:
                found.append(Entry(index, arrived, first.shape[-2:]))
            left = FeatureMap(operator.outputs[0].shape[-2:], frozenset({index}))
        elif _collapses(operator, *arriving[0]):
            left = FeatureMap((1, 1), frozenset({index}))
        elif _reduces_windows(operator, *arriving[0]):
            left = FeatureMap(operator.outputs[0].shape[-2:], frozenset({index}))
        else:
            left = _carried_on(operator, arriving)
        for view in operator.outputs:
            maps[view.storage] = left
    if trace.output and trace.output.storage in maps:
        found.append(Entry(None, maps[trace.output.storage], trace.output.shape[2:]))
    return tuple(found)


def _carried_on(operator: Operator, arriving: list[tuple[View, FeatureMap]]) -> FeatureMap:
    """The map that an operator which is no way to a size passes on: of operands in disagreement the one at fault."""
    shape = operator.outputs[0].shape
    unbroadcast = [(view, arrived) for view, arrived in arriving if view.shape[-2:] == shape[-2:]]
    candidates = [
        replace(
            arrived,
            changed_by=arrived.changed_by or _culprit(operator, view, arrived),
            grown=arrived.grown or _may_grow(operator, view),
        )
        for view, arrived in unbroadcast or arriving
    ]
    at_fault = [each for each in candidates if len(shape) == 4 and each.size != shape[-2:]]
    chosen = (at_fault or candidates)[0]
    sources = frozenset().union(*(each.sources for each in candidates if each.size == chosen.size))
    return replace(chosen, sources=sources, grown=any(each.grown for each in candidates))


def _may_grow(operator: Operator, view: View) -> bool:
    """Whether the operator gives more rows or columns than it reads, or writes to a part of a larger map."""
    into = operator.outputs[0].shape
    larger = any(after > before for after, before in zip(into[-2:], view.shape[-2:], strict=False))
    reshaped = math.prod(into) == math.prod(view.shape)
    writes_to_another = operator.writes and operator.inputs[0] != view
    return (larger and not reshaped) or operator.family == "constant_pad_nd" or writes_to_another


def _culprit(operator: Operator, view: View, arrived: FeatureMap) -> str:
    was_whole = len(view.shape) == 4 and view.shape[-2:] == arrived.size
    shape = operator.outputs[0].shape
    return operator.family if was_whole and len(shape) == 4 and shape[-2:] != arrived.size else ""


def _collapses(operator: Operator, view: View, arrived: FeatureMap) -> bool:
    """Whether the operator reduces the whole map to one value, as a global pooling written by hand does."""
    if operator.family not in REDUCTIONS:
        return False
    rank = len(view.shape)
    axes = _reduced_axes(operator, rank)
    reduced = math.prod(view.shape[axis] for axis in axes)
    whole = {rank - 2, rank - 1} <= axes if rank == 4 else True
    return whole and reduced % math.prod(arrived.size) == 0


def _reduces_windows(operator: Operator, view: View, arrived: FeatureMap) -> bool:
    """Whether this is a pooling written by hand, as in `x.view(n, c, h // 2, 2, w // 2, 2).amax((3, 5))`."""
    if operator.family not in REDUCTIONS or len(view.shape) != 6 or len(operator.outputs[0].shape) != 4:
        return False
    rows, high, columns, wide = view.shape[2:]
    return (rows * high, columns * wide) == arrived.size and _reduced_axes(operator, 6) == {3, 5}


def _reduced_axes(operator: Operator, rank: int) -> set[int]:
    given: Any = next((part for part in operator.arguments[1:] if isinstance(part, tuple)), None)
    if given is None and operator.name.endswith(".dim") and len(operator.arguments) > 1:
        given = (operator.arguments[1],)
    return {axis % rank for axis in given} if given else set(range(rank))
