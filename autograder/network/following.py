"""The exact reading: places begin at the inputs and at each convolution and pooling, and operators move them.

So padding, crops, repetitions and what is put side by side are seen where a map enters the next convolution or pooling.
"""

import math
from dataclasses import replace
from typing import Any

import torch
from torch.nn import functional as F

from autograder.network.allowed import CannotReplay, allowed_operator, told_as
from autograder.network.layers import (
    CHANNEL_WINDOWS,
    FACTORIES,
    INTERPOLATING,
    KEEPING,
    KINDS,
    MOVING,
    PRODUCTS,
    SORTING,
    WRITING,
    Window,
    functional_family,
    is_pointwise,
    is_reduction,
    is_view,
    reduced_axes,
    window_of,
)
from autograder.network.merging import merged
from autograder.network.places import ONE_PIXEL, Arrival, Places, Source
from autograder.network.planes import (
    ROW,
    SOURCE,
    agree_along,
    highest_and_lowest,
    same_spots,
)
from autograder.network.records import Operator, Recording, View
from autograder.network.replaying import Tensors, Watcher, tensors_in

SETTINGS = frozenset({"dtype", "layout", "device", "pin_memory", "memory_format", "non_blocking", "out"})


class Following(Watcher):
    """Follows places through a replay; then `arrivals` are the maps that entered what makes sizes, and the outputs."""

    def __init__(self, trace: Recording) -> None:
        self.arrivals: list[Arrival] = []
        self._trace = trace
        self.places = Places(trace)

    @told_as(CannotReplay)
    def before(self, index: int, arguments: Tensors) -> None:
        operator = self._trace.operators[index]
        came = [view for view in operator.inputs if self.places.have(view)]
        if came and operator.outputs and functional_family(operator) not in FACTORIES:
            self.places.carry(operator, came[0])
            if not is_view(operator):
                self._follow(index, operator, came, arguments)

    def finish(self) -> None:
        """Called after the replay: the outputs have arrived."""
        for number, output in enumerate(self._trace.outputs):
            if self.places.have(output.view):
                self.arrivals.append(replace(self.places.arrival(None, output.view), output=number))

    def _follow(self, index: int, operator: Operator, came: list[View], arguments: Tensors) -> None:
        family, output = functional_family(operator), operator.outputs[0]
        if (family == "convolution" or family in KINDS) and (window := window_of(index, operator)):
            self._pass(window, operator, came)
        elif family in MOVING:
            self._move(operator, arguments())
        elif is_reduction(operator):
            self._reduce(index, operator, came[0], reduced_axes(operator))
        elif family in SORTING:
            self._sort(index, operator, came)
        elif family == "glu" or family in CHANNEL_WINDOWS:
            self._pool_channels(index, operator, came)
        elif family in PRODUCTS and output.shape and len(operator.inputs[-1].shape) > 1:
            self._multiply(index, operator, came)
        elif family in KEEPING or is_pointwise(operator):
            self._keep(index, operator, came[:1] if family in KEEPING else came, arguments)
        elif family.startswith(INTERPOLATING):
            self._interpolate(index, operator, came[0], arguments())
        else:
            self._mix(index, operator, came)

    def _pass(self, window: Window, operator: Operator, came: list[View]) -> None:
        entering, output = operator.inputs[0], operator.outputs[0]
        if window.sums_channels:
            self._reduce(window.index, operator, entering, {1})
        elif came != [entering] or (window.is_convolution and len(window.kernel_size) != 2):
            self._mix(window.index, operator, came)
        elif not window.makes_sizes:
            self.places.begin(output, Source(window.index, self.places.size(entering), fault=operator.family))
        else:
            self.arrivals.append(self.places.arrival(window.index, entering, window if window.is_convolution else None))
            self.places.begin(output, Source(window.index, (output.shape[-2], output.shape[-1])))

    def _interpolate(self, index: int, operator: Operator, entering: View, arguments: tuple[Any, ...]) -> None:
        """A map of a new size begins, unless each pixel of the old one stands at its place."""
        output, places = operator.outputs[0], self.places.of(entering)
        if output.shape == entering.shape and torch.equal(self._moved_by(operator, arguments)[0], places.double()):
            self.places.set(output, places)
        else:
            self.places.begin(output, Source(index, self.places.size(entering), fault=operator.family))

    def _move(self, operator: Operator, arguments: tuple[Any, ...]) -> None:
        family, target = functional_family(operator), operator.outputs[0]
        arguments = arguments[:2] if family == "constant_pad_nd" else arguments  # without the number that is put around
        for view, places in zip(operator.outputs, self._moved_by(operator, arguments), strict=True):
            places = places.long()
            if family in WRITING:  # constants written over a map stand for the pixels that they replace
                places = torch.where(places == 0, self.places.of(operator.inputs[0]).expand(target.shape), places)
            self.places.set(view, places)

    def _moved_by(self, operator: Operator, arguments: tuple[Any, ...]) -> list[torch.Tensor]:
        """What the operator makes of places in the stead of numbers."""
        options = {name: value for name, value in operator.options.items() if name not in SETTINGS}
        first, *others = zip(operator.arguments, arguments, strict=False)
        given = [self._moved(*first, may_index=False), *(self._moved(*pair) for pair in others)]
        return tensors_in(allowed_operator(operator.name)(*given, **options))

    def _moved(self, recorded: Any, given: Any, may_index: bool = True) -> Any:
        """An argument with places in the stead of numbers; indexes and masks as they are."""
        if isinstance(recorded, tuple):
            return [self._moved(*pair, may_index) for pair in zip(recorded, given, strict=True)]
        if not isinstance(recorded, View) or (may_index and not given.is_floating_point()):
            return given
        return self.places.of(recorded).double()

    def _reduce(self, index: int, operator: Operator, entering: View, axes: set[int]) -> None:
        places = self._collapsed(index, entering, sorted(axes))
        if places is None:
            for view in operator.outputs:  # parts of a map, without weights: no convolution
                self.places.begin(view, Source(index, self.places.size(entering), unknown=operator.family))
            return
        for view in operator.outputs:
            kept = places if math.prod(view.shape) == places.numel() else places.expand(view.shape)
            self.places.set(view, kept.reshape(view.shape))

    def _collapsed(self, index: int, view: View, axes: list[int], linear: bool = False) -> torch.Tensor | None:
        """Places of what is summed along axes that have length 1 then; None where parts of a map are summed.

        Over channels they stay; a sum over all rows is one row, over all columns one column.
        """
        places = self.places.of(view)
        if not places.numel():
            return places.sum(axes, keepdim=True)  # what comes of nothing stands for no pixel
        if (same := self._same_along(places, axes)) is not None:
            return same
        places = self.places.of_maps(places)
        sources = self.places.sources_of(places)
        if len({source.size for source in sources}) != 1 or any(source.fault or source.unknown for source in sources):
            return None
        high, low = highest_and_lowest(places, axes)
        top = high % SOURCE
        row, column = (places % SOURCE // ROW), places % ROW
        spans = [(part.amax(axes, keepdim=True) - part.amin(axes, keepdim=True)) for part in (row, column)]
        size = sources[0].size
        whole = [bool((span == side - 1).all()) for span, side in zip(spans, size, strict=True)]
        if bool((low == low.min()).all()) and bool((top == top.max()).all()) and not all(whole):
            fault = self.places.carried[view.storage][1] or self._trace.operators[index].family
            return torch.full_like(high, self.places.new(Source(index, size, fault=fault)) * SOURCE)
        if not all(each or not span.any() for each, span in zip(whole, spans, strict=True)):
            return None
        if linear and not all(whole):
            return None
        height, width = (1 if each else side for each, side in zip(whole, size, strict=True))
        number = self.places.new(Source(index, (height, width), mixed=size if linear else None))
        left = torch.full_like(top, number * SOURCE)
        if not whole[0]:
            left += top // ROW * ROW
        if not whole[1]:
            left += top % ROW
        return left

    def _same_along(self, places: torch.Tensor, axes: list[int]) -> torch.Tensor | None:
        """The places along axes that have length 1 then, as of channels; None where they change along these."""
        if not axes:
            return places
        is_same = agree_along(places, axes) and len(self.places.sizes_of(places)) <= 1
        return places.amax(axes, keepdim=True) if is_same else None

    def _sort(self, index: int, operator: Operator, came: list[View]) -> None:
        """Numbers that change places along an axis stand for the same pixels where it is that of channels."""
        places = self._same_along(self.places.of(operator.inputs[0]), sorted(reduced_axes(operator)))
        if places is None:
            self._mix(index, operator, came)
            return
        for view in operator.outputs:
            self.places.set(view, places)

    def _pool_channels(self, index: int, operator: Operator, came: list[View]) -> None:
        """Places of what takes several channels together; mixed where it takes several pixels."""
        places = self.places.of(operator.inputs[0])
        if operator.family == "glu":
            axis = operator.arguments[1] if len(operator.arguments) > 1 else -1
            high, low = places.chunk(2, axis)
        else:
            kernel_size, *rest = operator.arguments[1:]
            spots = torch.where(places == 0, SOURCE - 1, places % SOURCE).double()
            stride = rest[0] if rest and rest[0] else kernel_size
            high = F.max_pool3d(places.double(), kernel_size, stride).long()
            low = -F.max_pool3d(-spots, kernel_size, stride).long()
        if high.shape == operator.outputs[0].shape and same_spots(high, low):
            self.places.set(operator.outputs[0], high)
        else:
            self._mix(index, operator, came)

    def _multiply(self, index: int, operator: Operator, came: list[View]) -> None:
        """A matrix product sums over channels, or over all pixels as a linear layer on a flattened map does."""
        first, output = PRODUCTS[functional_family(operator)], operator.outputs[0]
        left, right = operator.arguments[first : first + 2]
        maps = [(view, axis) for view, axis in ((left, -1), (right, -2)) if view in came and self.places.is_map(view)]
        if len(maps) > 1:
            self._mix(index, operator, came)
            return
        view, axis = maps[0] if maps else (left if left in came else came[-1], -1 if left in came else -2)
        places = self._collapsed(index, view, [axis % len(view.shape)], linear=bool(maps))
        if places is None or (not maps and view not in (left, right)):
            self._mix(index, operator, came)
        else:
            self.places.set(output, places.expand(output.shape))

    def _keep(self, index: int, operator: Operator, came: list[View], arguments: Tensors) -> None:
        """Places stay, of one operand or of several that stand for the same pixels."""
        output = operator.outputs[0]
        numbers = [self.places.number(view) for view in came if view.shape == output.shape]
        sizes = {self.places.sources[number].size for number in numbers}
        if len(numbers) == len(came) and all(numbers) and len(sizes) == 1:
            self.places.show(output, numbers[0])
        else:
            self.places.set(output, merged(self.places, index, operator, came, arguments))

    def _mix(self, index: int, operator: Operator, came: list[View]) -> None:
        """Places may be mixed in a way that is not known, if there are places to mix."""
        source = Source(index, ONE_PIXEL)
        if any(map(self.places.is_map, came)):
            self.places.mixing.append(index)
            source = Source(index, self.places.size(came[0]), unknown=operator.family)
        for view in operator.outputs:
            self.places.begin(view, source)
