"""What lies on the way from input to output, with which sizes and which padding: the exact and the causal reading."""

from dataclasses import dataclass, fields

from autograder.network.disturbance import Effects
from autograder.network.layers import FACTORIES, Window, functional_family, windows
from autograder.network.pixels import strays
from autograder.network.places import INPUT, NO_PADDING, Arrival, Padding, Places, Size
from autograder.network.records import Recording


@dataclass(frozen=True)
class Convolution(Window):
    """One use of a convolution on the way from input to output.

    `padding` is its own argument; `added` what was put around the map between the previous convolution or pooling
    and this one, however it is written and whatever it is filled with; None where that can't be told.
    """

    added: Padding | None

    @property
    def seen_padding(self) -> Padding | None:
        """Its own padding and what was added before; None for other than 2-d convolutions, and where it can't be told."""
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
class Doubt:
    """A feature map, `left` pixels high and wide, of which it can't be told how it came to where it `entered`.

    `cause` is an operator that mixes pixels in a way that the exact reading does not know; where it is empty, the exact
    reading has a pixel arrive at another place than replays do. The rest as in `SizeBreak`.
    """

    module: str
    operator: str
    left: Size
    entered: tuple[int, ...]
    cause: str


@dataclass(frozen=True)
class Reading:
    """All that is read of a trace; `mixing` are operators on the way that may hide convolutions."""

    depends_on_input: bool
    convolutions: tuple[Convolution, ...]
    size_breaks: tuple[SizeBreak, ...]
    doubts: tuple[Doubt, ...]
    mixing: tuple[str, ...]


def read(trace: Recording) -> Reading:
    """Both readings of sizes and padding, and what is on the way by its effect on the output."""
    if trace.output is None:
        return Reading(False, (), (), (), ())
    places, between = Places(trace), operators_between(trace)
    ran = {window.index: window for window in windows(trace) if window.index in between}
    effects = Effects(trace, frozenset(ran), places)
    places.finish()

    def is_on_the_way(index: int | None) -> bool:
        return index is None or (index in between and effects.matters(index))

    uses = [window for window in ran.values() if window.is_convolution and is_on_the_way(window.index)]
    off_the_way = {window.index for window in ran.values() if window.is_convolution} - {use.index for use in uses}
    came = [
        each
        for each in places.arrivals
        if each.index is None or (each.index in between and each.index not in off_the_way)
    ]
    came = [each for each in came if (each.is_whole and not each.unknown) or is_on_the_way(each.index)]
    astray = strays(trace, came, effects)
    padding = {each.index: each.padding for each in came if each not in astray}
    mixing = Effects(trace, frozenset(places.mixing)) if places.mixing else effects
    return Reading(
        depends_on_input=effects.matters(INPUT),
        convolutions=tuple(
            Convolution(**{each.name: getattr(use, each.name) for each in fields(Window)}, added=padding.get(use.index))
            for use in uses
        ),
        size_breaks=tuple(SizeBreak(*_story(trace, each)) for each in came if not each.is_whole),
        doubts=tuple(Doubt(*_story(trace, each)) for each in came if each.unknown or each in astray),
        mixing=tuple(
            trace.operators[index].family for index in places.mixing if index in between and mixing.matters(index)
        ),
    )


def operators_between(trace: Recording) -> frozenset[int]:
    """Indexes of the operators that are computed from the input and whose results may reach the output."""
    from_input = {trace.input.storage}
    computed = []
    for index, operator in enumerate(trace.operators):
        reads_numbers = functional_family(operator) not in FACTORIES
        if reads_numbers and any(view.storage in from_input for view in operator.inputs):
            from_input |= {view.storage for view in operator.outputs}
            computed.append(index)
    wanted = {trace.output.storage} if trace.output else set()
    between = set()
    for index in reversed(range(len(trace.operators))):
        operator = trace.operators[index]
        if any(view.storage in wanted for view in operator.outputs):
            wanted |= {view.storage for view in operator.inputs}
            between.add(index)
    return frozenset(between & set(computed))


def _story(trace: Recording, arrival: Arrival) -> tuple[str, str, Size, tuple[int, ...], str]:
    operator = None if arrival.index is None else trace.operators[arrival.index]
    module, family = (operator.module, operator.family) if operator else ("", "output")
    return module, family, arrival.source.size, arrival.entered, arrival.unknown or arrival.fault
