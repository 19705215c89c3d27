"""What a network executed, as plain data, and what can be read from it."""

from dataclasses import dataclass, replace
from functools import cached_property

import torch

from autograder import coding
from autograder.network.allowed import CannotReplay
from autograder.network.field import Field
from autograder.network.parameters import ParameterBounds, ParameterTensor
from autograder.network.planes import Padding
from autograder.network.records import Input, Named, Operator, Output, OwnedTensor, Recording, Stop, Storage, View
from autograder.network.replaying import recorded_inputs, recorded_output
from autograder.network.way import Convolution, Doubt, Reading, SizeBreak, read


@dataclass(frozen=True)
class Trace(Recording):
    """A recording, and what it tells.

    What is derived (`convolutions`, `size_breaks`, `doubts`, `parameter_bounds` …) is found by replaying, and raises
    `CannotReplay` where the replay does not know an operator.
    """

    @property
    def output_shape(self) -> tuple[int, ...] | None:
        """None where the network stopped or did not return a tensor alone."""
        return self.outputs[0].shape if self.outputs and self.returned is None else None

    @cached_property
    def input_tensors(self) -> dict[str, torch.Tensor]:
        """The inputs as they were recorded, by name or place."""
        return {each.name: tensor for each, tensor in zip(self.inputs, recorded_inputs(self), strict=True)}

    @cached_property
    def output_tensors(self) -> dict[str, torch.Tensor]:
        """The outputs as they were recorded, by name or place."""
        return {each.name: recorded_output(each) for each in self.outputs}

    @property
    def depends_on_input(self) -> bool:
        """Whether changing all inputs in a replay changes an output."""
        return self.reading.depends_on_input

    @property
    def dependence(self) -> tuple[tuple[bool | None, ...], ...]:
        """For each output, of each input: whether changing that input alone changes it; None where it can't be told."""
        return self.reading.dependence

    @property
    def convolutions(self) -> tuple[Convolution, ...]:
        """Convolutions on a way from input to output in order of execution, each use counted."""
        return self.reading.convolutions

    @property
    def on_the_way(self) -> frozenset[int]:
        """Those convolutions, and the poolings on a way from input to output, by their index among the operators."""
        return frozenset((*(each.index for each in self.convolutions), *self.reading.poolings))

    @property
    def size_breaks(self) -> tuple[SizeBreak, ...]:
        """Places where height and width come from something else than convolution and pooling."""
        return self.reading.size_breaks

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Places where it can't be told how a map came there, nor which padding it has."""
        return self.reading.doubts

    @property
    def parameter_bounds(self) -> ParameterBounds:
        """What a budget counts, at least and at most; each storage once."""
        return self.reading.parameter_bounds

    @property
    def named_parameters(self) -> tuple[tuple[str, int], ...]:
        """Name and number of elements of every registered `nn.Parameter`, each once."""
        once: dict[int, OwnedTensor] = {}
        for tensor in self.owned:
            if tensor.kind == "parameter":
                once.setdefault(tensor.number, tensor)
        return tuple((tensor.name, tensor.elements) for tensor in once.values())

    @property
    def reading(self) -> Reading:
        """All that replays tell of the trace."""
        if isinstance(self._read, CannotReplay):
            raise self._read
        return self._read

    @cached_property
    def _read(self) -> Reading | CannotReplay:
        try:
            return read(self)
        except CannotReplay as error:
            return error


def read_trace(trace: Trace, found: Reading | CannotReplay) -> Trace:
    """The trace with what was read of it, or why nothing can be."""
    copy = replace(trace)
    vars(copy)["_read"] = found
    return copy


for _record in (
    View, Input, Output, Named, Storage, Operator, OwnedTensor, Stop, Trace, Padding, Convolution, SizeBreak, Doubt,
    Reading, Field, ParameterTensor, ParameterBounds,
):  # fmt: skip
    coding.may_cross(_record)
