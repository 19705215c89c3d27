"""What lies on the way from input to output, found by changing tensors in replays and looking what follows."""

from dataclasses import dataclass

from autograder.network.disturbance import Disturbance, matters
from autograder.network.flow import INPUT, Entry, entries, is_convolution, operators_between
from autograder.network.padding import NO_PADDING, Padding, added_padding
from autograder.network.records import Operator, Recording
from autograder.network.replay import recorded_input, replay


@dataclass(frozen=True)
class Convolution:
    """One use of a convolution on the way from input to output.

    `padding` is its own argument; `added` what was put around the map between the previous convolution or pooling
    and this one, however it is written and whatever it is filled with.
    """

    module: str
    in_channels: int
    out_channels: int
    kernel_size: tuple[int, ...]
    stride: tuple[int, ...]
    padding: tuple[int, ...]
    dilation: tuple[int, ...]
    groups: int
    transposed: bool
    bias: bool
    input_shape: tuple[int, ...]
    output_shape: tuple[int, ...]
    added: Padding

    @property
    def seen_padding(self) -> Padding:
        """Its own padding and what was added before; for 2-d convolutions."""
        height, width = self.padding[-2:] if len(self.padding) > 1 else (0, self.padding[0])
        added = self.added
        return Padding(added.top + height, added.bottom + height, added.left + width, added.right + width)

    @property
    def sees_no_padding(self) -> bool:
        return self.seen_padding == NO_PADDING

    @property
    def is_pointwise(self) -> bool:
        """A 1×1 convolution, not a transposed one."""
        return not self.transposed and all(side == 1 for side in self.kernel_size)


@dataclass(frozen=True)
class SizeBreak:
    """A feature map that left one convolution or pooling with a size (height, width) and came on with another.

    `operator` is where it came on: a convolution, a pooling or "output"; `cause` the operator that changed the size.
    """

    module: str
    operator: str
    left: tuple[int, int]
    entered: tuple[int, ...]
    cause: str


@dataclass(frozen=True)
class Reading:
    """All that replays tell of a trace."""

    depends_on_input: bool
    convolutions: tuple[Convolution, ...]
    size_breaks: tuple[SizeBreak, ...]


def read(trace: Recording) -> Reading:
    """Convolutions on the way, the padding that they saw, and where a size came from something else.

    Costs four replays, and one or two more for each convolution.
    """
    if trace.output is None:
        return Reading(False, (), ())
    between = operators_between(trace)
    convolutions = [index for index in between if is_convolution(trace.operators[index])]
    undisturbed = Disturbance(frozenset(), 0.0, captures=frozenset((index, 0) for index in convolutions))
    baseline = replay(trace, recorded_input(trace), undisturbed)
    on_the_way = [index for index in convolutions if matters(trace, index, baseline)]
    arrivals = entries(trace, between)
    padding = added_padding(trace, [entry for entry in arrivals if entry.index in on_the_way], undisturbed.captured)
    return Reading(
        depends_on_input=matters(trace, INPUT, baseline),
        convolutions=tuple(
            _convolution(trace.operators[index], padding.get(index, NO_PADDING)) for index in on_the_way
        ),
        size_breaks=tuple(
            _size_break(trace, entry)
            for entry in arrivals
            if _is_break(entry, padding.get(entry.index, NO_PADDING)) and not _is_off_the_way(trace, entry, on_the_way)
        ),
    )


def _convolution(operator: Operator, added: Padding) -> Convolution:
    input, weight, bias, stride, padding, dilation, transposed, _, groups = operator.arguments
    first, second = weight.shape[:2]
    return Convolution(
        module=operator.module,
        in_channels=first if transposed else second * groups,
        out_channels=second * groups if transposed else first,
        kernel_size=weight.shape[2:],
        stride=stride,
        padding=padding,
        dilation=dilation,
        groups=groups,
        transposed=transposed,
        bias=bias is not None,
        input_shape=input.shape,
        output_shape=operator.outputs[0].shape,
        added=added,
    )


def _is_break(entry: Entry, added: Padding) -> bool:
    grown = (entry.map.size[0] + added.top + added.bottom, entry.map.size[1] + added.left + added.right)
    return entry.entered != grown


def _is_off_the_way(trace: Recording, entry: Entry, on_the_way: list[int]) -> bool:
    return entry.index is not None and is_convolution(trace.operators[entry.index]) and entry.index not in on_the_way


def _size_break(trace: Recording, entry: Entry) -> SizeBreak:
    module, operator = "", "output"
    if entry.index is not None:
        module, operator = trace.operators[entry.index].module, trace.operators[entry.index].family
    return SizeBreak(module, operator, entry.map.size, entry.entered, entry.map.changed_by)
