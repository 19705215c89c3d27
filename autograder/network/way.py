"""What lies on the way from input to output, with which sizes and which padding: the exact and the causal reading."""

import functools
from contextlib import suppress
from dataclasses import dataclass, replace

import torch

from autograder.network.allowed import CannotReplay, NotEvidence, told_as
from autograder.network.disturbance import Effects
from autograder.network.following import Following
from autograder.network.layers import Window, numbers_read, product_operands, windows
from autograder.network.origins import Origins
from autograder.network.parameters import ParameterBounds, parameter_bounds
from autograder.network.pixels import strays
from autograder.network.places import Arrival
from autograder.network.planes import NO_PADDING, Padding, Size
from autograder.network.precision import in_double_precision, is_in_single_precision
from autograder.network.records import Recording
from autograder.network.replaying import Given, recorded_output, same_numbers
from autograder.network.zeros import without_zeros


@dataclass(frozen=True)
class Convolution(Window):
    """One use of a convolution on the way from input to output.

    `padding` is its own argument; `added` what was put around the map between the previous convolution or pooling
    and this one, however it is written and whatever it is filled with; None where that can't be told, as where its
    kernel is computed from the input. `map_enters` is False where it may take something else than a map: pixels among
    its channels, or in its kernel.
    """

    added: Padding | None
    map_enters: bool

    @property
    def seen_padding(self) -> Padding | None:
        """Its own padding and what was added before; None for other than 2-d ones, and where it can't be told."""
        if self.added is None or not self.is_plane_convolution:
            return None
        (height, width), added = self.padding, self.added
        return Padding(added.top + height, added.bottom + height, added.left + width, added.right + width)

    @property
    def sees_no_padding(self) -> bool:
        return self.seen_padding == NO_PADDING


@dataclass(frozen=True)
class SizeBreak:
    """A feature map that left one convolution or pooling with a size (height, width) and came on with another.

    `operator` is where it came on: a convolution, a pooling or "output"; `cause` the operator that changed the size.
    """

    module: str
    operator: str
    left: Size
    entered: tuple[int, ...]
    cause: str


@dataclass(frozen=True)
class Doubt(SizeBreak):
    """A feature map, `left` pixels high and wide, of which it can't be told how it came to where it `entered`.

    `cause` is an operator that mixes pixels in a way that the exact reading does not know; where it is empty, the exact
    reading has a pixel arrive at another place than replays do.
    """


@dataclass(frozen=True)
class Reading:
    """All that is read of a trace.

    It `is_followed` if the operators give, on another input, what the network gave there unwatched. It is not where
    values pass through NumPy or Python numbers, where the image decides which operators run, or where the network acts
    otherwise while it is watched. `is_faint` says that the output changes with the input by less than counts as a
    change; `poolings` are those on the way, by their index among the operators; `mixing` is an operator on the way that
    may stand for convolutions, the first such.

    It `is_cut_off` where a part of the network that may reach the output gives the same there for any input, or nearly
    so. Then `without_zeros` are what is read of it when the parameters that are zero, or nearly, are others: of one
    sign, and of the other.
    """

    is_followed: bool
    depends_on_input: bool
    is_faint: bool
    is_cut_off: bool
    dependence: tuple[tuple[bool | None, ...], ...]
    convolutions: tuple[Convolution, ...]
    poolings: tuple[int, ...]
    size_breaks: tuple[SizeBreak, ...]
    doubts: tuple[Doubt, ...]
    mixing: str | None
    parameter_bounds: ParameterBounds
    without_zeros: tuple["Reading", ...] = ()


@told_as(CannotReplay)
def read(trace: Recording, others: Given | None = None) -> Reading:
    """Both readings of sizes and padding, and what is on the way.

    `others` are what the network ran on unwatched, if it did. NotEvidence where the operators do not give the outputs,
    CannotReplay where that is beyond this grader.
    """
    reading = _read(trace, others)
    if trace.outputs and reading.is_cut_off:
        with suppress(CannotReplay, NotEvidence), told_as(CannotReplay):
            found = [replace(_read(each, others), is_followed=reading.is_followed) for each in without_zeros(trace)]
            return replace(reading, without_zeros=tuple(found))
    return reading


def _read(trace: Recording, others: Given | None) -> Reading:
    if not trace.outputs:
        return _of_no_output(trace)
    followed, origins = Following(trace), Origins(trace)
    between = operators_between(trace)
    ran = {window.index: window for window in windows(trace) if window.index in between}
    products = {index for index in between if product_operands(trace.operators[index])}
    indexes = frozenset(products.union(ran))
    as_run = Effects(trace, indexes, others, origins.follow, followed)
    followed.finish()
    effects, measured = _measured(trace, as_run, indexes, others)

    @functools.cache
    def is_on_the_way(index: int | None) -> bool:
        if index is None or (effects.depends_on_input and passes_all(trace, index)):
            return True
        return index in between and effects.matters(index)

    convolutions = [window for window in ran.values() if window.is_convolution]
    off_the_way = {window.index for window in convolutions if not is_on_the_way(window.index)}
    uses = [each for each in convolutions if each.index not in off_the_way]
    came = [each for each in followed.arrivals if each.index is None or each.index in between - off_the_way]
    came = [each for each in came if (each.is_whole and not each.unknown) or is_on_the_way(each.index)]
    astray = strays(measured, came, effects, frozenset(ran))
    weighed = [use for use in uses if use.index in origins.kernels]  # by numbers that are the same for each image
    told = [each for each in came if each.index in origins.kernels and each not in astray]
    padding = {each.index: each.padding for each in told}
    maps = {each.index for each in told if each.channels_agree}
    mixed = [*followed.places.mixing, *(use.index for use in uses if use.index not in origins.kernels)]
    coarse = as_run if measured is not trace else None
    mixing = Effects(measured, frozenset(mixed), others, coarse=coarse) if mixed else effects
    poolings = tuple(each.index for each in ran.values() if not each.is_convolution and is_on_the_way(each.index))
    may_stand_for_convolutions = (index for index in mixed if index in between and mixing.matters(index))
    return Reading(
        is_followed=others is None or _is_unwatched(trace, as_run.outputs_for_others),
        depends_on_input=effects.depends_on_input,
        is_faint=effects.is_faint,
        is_cut_off=not effects.depends_on_input or effects.is_faint or len(uses) + len(poolings) < len(ran),
        dependence=effects.dependence,
        convolutions=tuple(
            Convolution(**vars(use), added=padding.get(use.index), map_enters=use.index in maps) for use in uses
        ),
        poolings=poolings,
        size_breaks=tuple(SizeBreak(*_story(trace, each)) for each in came if not each.is_whole),
        doubts=tuple(Doubt(*_story(trace, each)) for each in came if each.unknown or each in astray),
        mixing=next((trace.operators[index].family for index in may_stand_for_convolutions), None),
        parameter_bounds=parameter_bounds(trace, origins, weighed, is_on_the_way),
    )


def _of_no_output(trace: Recording) -> Reading:
    return Reading(
        is_followed=trace.unwatched is None,
        depends_on_input=False,
        is_faint=False,
        is_cut_off=True,
        dependence=(),
        convolutions=(),
        poolings=(),
        size_breaks=(),
        doubts=(),
        mixing=None,
        parameter_bounds=parameter_bounds(trace, Origins(trace), (), lambda _index: False),
    )


def _measured(
    trace: Recording, as_run: Effects, indexes: frozenset[int], others: Given | None
) -> tuple[Effects, Recording]:
    """Where the output hardly changes with the input: the effects in double precision, and the trace in it."""
    is_asked = as_run.may_be_rounding and is_in_single_precision(trace)
    if is_asked and (precise := in_double_precision(trace)) is not trace:
        with suppress(NotEvidence):  # random numbers are others in double precision
            return Effects(precise, indexes, others, coarse=as_run), precise
    return as_run, trace


def _is_unwatched(trace: Recording, outputs: tuple[torch.Tensor, ...] | None) -> bool:
    """Whether this is what the network gave unwatched."""
    if outputs is None or trace.unwatched is None or [*trace.unwatched] != [each.name for each in trace.outputs]:
        return False
    try:
        unwatched = [recorded_output(replace(each, content=trace.unwatched[each.name])) for each in trace.outputs]
    except ValueError:  # one was of another size
        return False
    return all(map(same_numbers, outputs, unwatched))


def operators_between(trace: Recording) -> frozenset[int]:
    """Indexes of the operators that are computed from the inputs and whose results may reach the outputs."""
    wanted = {each.view.storage for each in trace.outputs}
    between = set()
    for index in reversed(range(len(trace.operators))):
        operator = trace.operators[index]
        if any(view.storage in wanted for view in operator.outputs):
            wanted |= {view.storage for view in operator.inputs}
            between.add(index)
    return frozenset(between.intersection(_from_inputs(trace, without=None)[0]))


def passes_all(trace: Recording, index: int) -> bool:
    """Whether all that reaches the outputs from the inputs passes through operator `index`."""
    _computed, storages = _from_inputs(trace, without=index)
    return bool(trace.outputs) and storages.isdisjoint(each.view.storage for each in trace.outputs)


def _from_inputs(trace: Recording, without: int | None) -> tuple[list[int], set[int]]:
    """Operators, and storages, that are computed from the inputs without the help of one operator."""
    storages = {each.view.storage for each in trace.inputs}
    computed = []
    for index, operator in enumerate(trace.operators):
        if index != without and any(view.storage in storages for view in numbers_read(operator)):
            storages |= {view.storage for view in operator.outputs}
            computed.append(index)
    return computed, storages


def _story(trace: Recording, arrival: Arrival) -> tuple[str, str, Size, tuple[int, ...], str]:
    operator = None if arrival.index is None else trace.operators[arrival.index]
    module, family = (operator.module, operator.family) if operator else ("", "output")
    return module, family, arrival.source.size, arrival.entered, arrival.unknown or arrival.fault
