"""The exact reading: each number that is computed from the input carries the place of the pixel that it stands for.

Places begin at the input and at each convolution and pooling; operators that move numbers move places with them. So
padding, crops, repetitions and what is put side by side are seen where a map enters the next convolution or pooling.
"""

import math
from dataclasses import dataclass, field, replace
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
from autograder.network.records import Operator, Recording, View
from autograder.network.replaying import Tensors, Watcher, tensors_in

INPUT = -1  # stands for the network's input where an operator's index is expected
# A place is one number made of its source's, its row and its column; 0 is the place of what stands for no pixel.
SOURCE, ROW = 2**40, 2**20
MOST_SOURCES = 2**13  # so that places are whole numbers of float64 as well
SETTINGS = frozenset({"dtype", "layout", "device", "pin_memory", "memory_format", "non_blocking", "out"})
Size = tuple[int, int]
Layout = tuple[tuple[int, ...], tuple[int, ...], int]  # shape, stride, offset
ONE_PIXEL = (1, 1)
MIRRORED = ((), (-1,), (-2,), (-2, -1))


@dataclass(frozen=True)
class Padding:
    """Rows and columns around a feature map, in pixels."""

    top: int
    bottom: int
    left: int
    right: int


NO_PADDING = Padding(0, 0, 0, 0)


@dataclass(frozen=True)
class Source:
    """Where places begin; `operator` is the operator's index.

    `fault` names an operator that is no way to a size, `unknown` one of which that is not known; `size` is then that
    of the map before it. `hides_border` says that there may be something around the map. `mixed` is the size of a map
    of which a linear layer made a row of numbers.
    """

    operator: int
    size: Size
    fault: str = ""
    unknown: str = ""
    hides_border: bool = False
    mixed: Size | None = None


@dataclass(frozen=True)
class Arrival:
    """A feature map that enters a convolution, a pooling or, with `index` None, the network's output.

    `padding` is what was put around it; None where that can't be told. Where it `is_whole` it is the map of `source`;
    otherwise `fault` names the operator that made it another, if one did alone. `unknown` names an operator that keeps
    both from being told.
    """

    index: int | None
    source: Source
    entered: tuple[int, ...]
    padding: Padding | None
    is_whole: bool = True
    fault: str = ""
    unknown: str = ""
    places: torch.Tensor | None = field(default=None, repr=False, compare=False)  # of one channel


class Places(Watcher):
    """Follows places through a replay; then `arrivals` are the maps that entered what makes sizes, and the output.

    `mixing` are the operators that mix places in a way that is not known.
    """

    def __init__(self, trace: Recording) -> None:
        self.arrivals: list[Arrival] = []
        self.mixing: list[int] = []
        self._trace = trace
        self._nbytes = {storage.number: storage.nbytes for storage in trace.storages}
        self._sources: list[Source] = [Source(INPUT, ONE_PIXEL)]  # none has number 0
        self._storages: dict[int, torch.Tensor | None] = {}  # None until somebody looks at what is whole
        self._whole: dict[int, tuple[Layout, int]] = {}  # by storage, how a map lies in it as it began, and its source
        self._itemsizes: dict[int, int] = {}
        self._carried: dict[int, tuple[Size, str]] = {}  # by storage: size of its map, what first made it another
        height, width = trace.input.shape[-2:] if len(trace.input.shape) >= 3 else ONE_PIXEL
        self._begin(trace.input, Source(INPUT, (height, width)))

    @told_as(CannotReplay)
    def before(self, index: int, arguments: Tensors) -> None:
        operator = self._trace.operators[index]
        came = [view for view in operator.inputs if view.storage in self._storages]
        if came and operator.outputs and functional_family(operator) not in FACTORIES:
            self._carry(operator, came[0])
            if not is_view(operator):
                self._follow(index, operator, came, arguments)

    def finish(self) -> None:
        """Called after the replay: the output has arrived."""
        output = self._trace.output
        if output and output.storage in self._storages:
            self.arrivals.append(self._arrival(None, output))

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
            self._keep(index, operator, came[:1] if family in KEEPING else came)
        elif family.startswith(INTERPOLATING):
            self._begin(output, self._faulty(index, came[0]))
        else:
            self._mix(index, operator, came)

    # What operators do with places

    def _pass(self, window: Window, operator: Operator, came: list[View]) -> None:
        entering, output = operator.inputs[0], operator.outputs[0]
        if window.kind == "Conv1d" and (*window.kernel_size, *window.stride, *window.padding) == (1, 1, 0):
            self._reduce(window.index, operator, entering, {1})
        elif came != [entering] or (window.is_convolution and len(window.kernel_size) != 2):
            self._mix(window.index, operator, came)
        elif not window.makes_sizes:
            self._begin(output, self._faulty(window.index, entering))
        else:
            self.arrivals.append(self._arrival(window.index, entering, window if window.is_convolution else None))
            self._begin(output, Source(window.index, (output.shape[-2], output.shape[-1])))

    def _move(self, operator: Operator, arguments: tuple[Any, ...]) -> None:
        family, target = functional_family(operator), operator.outputs[0]
        options = {name: value for name, value in operator.options.items() if name not in SETTINGS}
        first, *others = zip(operator.arguments, arguments, strict=True)
        others = others[:1] if family == "constant_pad_nd" else others  # without the number that is put around
        given = [self._moved(*first, may_index=False), *(self._moved(*pair) for pair in others)]
        results = tensors_in(allowed_operator(operator.name)(*given, **options))
        for view, places in zip(operator.outputs, results, strict=True):
            places = places.long()
            if family in WRITING:  # numbers from nothing, in the place of a map's, stand for its pixels
                places = torch.where(places == 0, self._of(operator.inputs[0]).expand(target.shape), places)
            self._set(view, places)

    def _moved(self, recorded: Any, given: Any, may_index: bool = True) -> Any:
        """An argument with places in the stead of numbers; indexes and masks as they are."""
        if isinstance(recorded, tuple):
            return [self._moved(*pair, may_index) for pair in zip(recorded, given, strict=True)]
        if not isinstance(recorded, View) or (may_index and not given.is_floating_point()):
            return given
        return self._of(recorded).double()

    def _reduce(self, index: int, operator: Operator, entering: View, axes: set[int]) -> None:
        places = self._collapsed(index, entering, sorted(axes))
        if places is None:
            for view in operator.outputs:  # parts of a map, without weights: no convolution
                self._begin(view, Source(index, self._size(entering), unknown=operator.family))
            return
        for view in operator.outputs:
            kept = places if math.prod(view.shape) == places.numel() else places.expand(view.shape)
            self._set(view, kept.reshape(view.shape))

    def _collapsed(self, index: int, view: View, axes: list[int], linear: bool = False) -> torch.Tensor | None:
        """Places of what is summed along axes that have length 1 then; None where parts of a map are summed.

        Over channels they stay; a sum over all rows is one row, over all columns one column.
        """
        places = self._of(view)
        if (same := self._same_along(places, axes)) is not None:
            return same
        sources = self._sources_of(places)
        if len({source.size for source in sources}) != 1 or any(source.fault or source.unknown for source in sources):
            return None
        high, low = _highest_and_lowest(places, axes)
        top = high % SOURCE
        row, column = (places % SOURCE // ROW), places % ROW
        spans = [(part.amax(axes, keepdim=True) - part.amin(axes, keepdim=True)) for part in (row, column)]
        size = sources[0].size
        whole = [bool((span == side - 1).all()) for span, side in zip(spans, size, strict=True)]
        if bool((low == low.min()).all()) and bool((top == top.max()).all()) and not all(whole):
            fault = self._carried[view.storage][1] or self._trace.operators[index].family
            return torch.full_like(high, self._new(Source(index, size, fault=fault)) * SOURCE)
        if not all(each or not span.any() for each, span in zip(whole, spans, strict=True)):
            return None
        if linear and not all(whole):
            return None
        height, width = (1 if each else side for each, side in zip(whole, size, strict=True))
        number = self._new(Source(index, (height, width), mixed=size if linear else None))
        return number * SOURCE + top // ROW * ROW * (not whole[0]) + top % ROW * (not whole[1])

    def _same_along(self, places: torch.Tensor, axes: list[int]) -> torch.Tensor | None:
        """The places along axes that have length 1 then, as of channels; None where they change along these."""
        if not axes:
            return places
        high, low = _highest_and_lowest(places, axes)
        is_same = torch.equal(torch.where(high == 0, 0, low), high % SOURCE) and len(self._sizes_of(places)) <= 1
        return high if is_same else None

    def _sort(self, index: int, operator: Operator, came: list[View]) -> None:
        """Numbers that change places along an axis stand for the same pixels where it is that of channels."""
        places = self._same_along(self._of(operator.inputs[0]), sorted(reduced_axes(operator)))
        if places is None:
            self._mix(index, operator, came)
            return
        for view in operator.outputs:
            self._set(view, places)

    def _pool_channels(self, index: int, operator: Operator, came: list[View]) -> None:
        """Places of what takes several channels together; mixed where it takes several pixels."""
        places = self._of(operator.inputs[0])
        if operator.family == "glu":
            axis = operator.arguments[1] if len(operator.arguments) > 1 else -1
            high, low = places.chunk(2, axis)
        else:
            kernel_size, *rest = operator.arguments[1:]
            spots = torch.where(places == 0, SOURCE - 1, places % SOURCE).double()
            stride = rest[0] if rest and rest[0] else kernel_size
            high = F.max_pool3d(places.double(), kernel_size, stride).long()
            low = -F.max_pool3d(-spots, kernel_size, stride).long()
        if high.shape == operator.outputs[0].shape and _same_spots(high, low):
            self._set(operator.outputs[0], high)
        else:
            self._mix(index, operator, came)

    def _multiply(self, index: int, operator: Operator, came: list[View]) -> None:
        """A matrix product sums over channels, or over all pixels as a linear layer on a flattened map does."""
        first, output = PRODUCTS[functional_family(operator)], operator.outputs[0]
        left, right = operator.arguments[first : first + 2]
        maps = [(view, axis) for view, axis in ((left, -1), (right, -2)) if view in came and self._is_map(view)]
        if len(maps) > 1:
            self._mix(index, operator, came)
            return
        view, axis = maps[0] if maps else (left if left in came else came[-1], -1 if left in came else -2)
        places = self._collapsed(index, view, [axis % len(view.shape)], linear=bool(maps))
        if places is None or (not maps and view not in (left, right)):
            self._mix(index, operator, came)
        else:
            self._set(output, places.expand(output.shape))

    def _keep(self, index: int, operator: Operator, came: list[View]) -> None:
        """Places stay, of one operand or of several that stand for the same pixels."""
        output = operator.outputs[0]
        numbers = [self._number(view) for view in came if view.shape == output.shape]
        if len(numbers) == len(came) and all(numbers) and len({self._sources[each or 0].size for each in numbers}) == 1:
            self._show(output, numbers[0] or 0)
        else:
            self._set(output, self._merged(index, operator, came))

    def _merged(self, index: int, operator: Operator, came: list[View]) -> torch.Tensor:
        """Places of an operator that works number by number: those of its operands, if they stand for the same."""
        shape = operator.outputs[0].shape
        maps = [view for view in came if self._is_map(view)]
        merged = self._of((maps or came)[0]).expand(shape)
        sizes = set().union(*(self._sizes_of(self._of(view)) for view in maps))
        if len(sizes) > 1 or any(not _same_spots(merged, self._of(view).expand(shape)) for view in maps[1:]):
            return self._in_conflict(index, maps, shape)
        others = [view for view in came if view not in maps]
        varying = [axis for axis in range(len(shape)) if _varies(merged, axis)] if maps and others else []
        for view in maps[1:] + others:
            if view in others and not _is_broadcast(view, len(shape), varying):
                self.mixing.append(index)
                return self._beginning(Source(index, self._size(maps[0]), unknown=operator.family), shape)
            merged = torch.where(merged == 0, self._of(view).expand(shape), merged)
        return merged

    def _in_conflict(self, index: int, maps: list[View], shape: tuple[int, ...]) -> torch.Tensor:
        """Of maps that stand for different pixels: what is wrong with one; or the first, where each is whole."""
        if not all(_is_mirrored(self._of(maps[0]).expand(shape), self._of(view).expand(shape)) for view in maps[1:]):
            self.mixing.append(index)  # a sum of shifted maps may stand for a convolution
        unknown = Source(index, self._size(maps[0]), unknown=self._trace.operators[index].family)
        sources = [source for view in maps for source in self._sources_of(self._of(view))]
        arrivals = [self._arrival(index, view) for view in maps if len(view.shape) == 4]
        is_spread = any(0 in view.stride for view in maps)  # a row, say, beside each row of a map
        if len(arrivals) < len(maps) or is_spread or any(source.unknown for source in sources):
            return self._beginning(unknown, shape)
        for each in arrivals:
            if not each.is_whole:
                fault = each.fault or unknown.unknown
                return self._beginning(Source(index, each.source.size, fault=fault, hides_border=True), shape)
        if len({each.source.size for each in arrivals}) == 1:
            return self._of(maps[0]).expand(shape)
        return self._beginning(unknown, shape)

    def _mix(self, index: int, operator: Operator, came: list[View]) -> None:
        """Places may be mixed in a way that is not known, if there are places to mix."""
        source = Source(index, ONE_PIXEL)
        if any(map(self._is_map, came)):
            self.mixing.append(index)
            source = Source(index, self._size(came[0]), unknown=operator.family)
        for view in operator.outputs:
            self._begin(view, source)

    # Where a map arrives

    def _arrival(self, index: int | None, view: View, convolution: Window | None = None) -> Arrival:
        """What came of a map's places; only before a convolution may something lie around it."""
        size, fault = self._carried.get(view.storage, (ONE_PIXEL, ""))
        entered = view.shape[-2:] if len(view.shape) in (3, 4) else view.shape[2:]
        if (number := self._number(view)) and self._sources[number].size == entered:
            return Arrival(index, self._sources[number], entered, NO_PADDING, places=_grid(self._sources[number].size))
        planes = self._planes(view)
        sources = self._sources_of(planes)
        maps = [source for source in sources if source.size != ONE_PIXEL or source.fault or source.unknown] or sources
        source = maps[0] if maps else Source(INPUT, size)
        arrived = Arrival(index, source, entered, None)
        if unknown := next((each.unknown for each in maps if each.unknown), ""):
            return replace(arrived, unknown=unknown)
        numbers = torch.tensor([number for number, each in enumerate(self._sources) if number and each in maps])
        spots = torch.where(torch.isin(planes // SOURCE, numbers), planes % SOURCE, -1)
        fault = next((each.fault for each in maps if each.fault), fault)
        if len(entered) == 2 and {(each.size, each.fault) for each in maps} == {(source.size, "")}:
            spots = torch.stack([plane for plane in spots if bool((plane >= 0).any())] or [spots[0]])
            most_copies = source.size[0] - 1, source.size[1] - 1  # on one side, not all of the map once more
            fitting = _fitting(spots, source.size, most_copies)
            if fitting := fitting if convolution else fitting & {NO_PADDING}:
                return replace(arrived, padding=min(fitting, key=_unevenness), places=spots[0])
            if convolution and _fitting(spots, source.size, _reach(convolution)):
                return replace(arrived, unknown=fault or "view")
            if any(each.mixed == entered for each in maps):
                self.mixing.append(source.operator)
                return replace(arrived, unknown=self._trace.operators[source.operator].family)
        may_be_copies = not any(each.fault for each in maps) and any(map(_has_copies, spots))
        is_told = not may_be_copies and not any(each.hides_border for each in maps)
        return replace(arrived, padding=_border(spots) if is_told else None, is_whole=False, fault=fault)

    def _planes(self, view: View) -> torch.Tensor:
        """The different (height, width) planes of places among samples and channels."""
        places = self._of(view)
        planes = places.reshape(-1, *places.shape[-2:]) if places.dim() > 1 else places.reshape(1, 1, -1)
        return planes[:1] if bool((planes == planes[:1]).all()) else torch.unique(planes, dim=0)

    # Sources and storages

    def _begin(self, view: View, source: Source) -> None:
        if source.fault or source.unknown:
            self._set(view, self._beginning(source, view.shape))
        else:
            self._show(view, self._new(source))
        self._carried[view.storage] = (source.size, "")

    def _show(self, view: View, number: int) -> None:
        """Where the view shows, the map of a source begins anew."""
        self._itemsizes[view.storage] = _itemsize(view)
        self._storages[view.storage] = None
        self._whole[view.storage] = _layout(view), number

    def _number(self, view: View) -> int | None:
        """The source whose map the view shows as it began, if it does."""
        layout, number = self._whole.get(view.storage, (None, 0))
        return number if layout == _layout(view) else None

    def _beginning(self, source: Source, shape: tuple[int, ...]) -> torch.Tensor:
        return self._places_of(self._new(source), shape)

    def _places_of(self, number: int, shape: tuple[int, ...]) -> torch.Tensor:
        source = self._sources[number]
        places = torch.full(shape[-2:] if len(shape) > 1 else shape, number * SOURCE)
        if source.size == tuple(shape[-2:]) and not (source.fault or source.unknown):
            places += _grid(source.size)
        return places.expand(shape)

    def _new(self, source: Source) -> int:
        if len(self._sources) >= MOST_SOURCES:
            raise CannotReplay("the network has more layers than can be followed")
        self._sources.append(source)
        return len(self._sources) - 1

    def _faulty(self, index: int, view: View) -> Source:
        return Source(index, self._size(view), fault=self._trace.operators[index].family)

    def _size(self, view: View) -> Size:
        return self._carried[view.storage][0]

    def _carry(self, operator: Operator, view: View) -> None:
        size, fault = self._carried[view.storage]
        was_whole = len(view.shape) == 4 and view.shape[-2:] == size
        for output in operator.outputs:
            is_other = len(output.shape) == 4 and output.shape[-2:] != size
            self._carried[output.storage] = size, fault or (operator.family if was_whole and is_other else "")

    def _is_map(self, view: View) -> bool:
        """Whether it has pixels: numbers for the whole of a map have none."""
        if number := self._number(view):
            return self._sources[number].size != ONE_PIXEL
        sources = self._sources_of(self._of(view))
        return any(source.size != ONE_PIXEL or source.fault or source.unknown for source in sources)

    def _sources_of(self, places: torch.Tensor) -> list[Source]:
        numbers = places // SOURCE
        if not numbers.numel():
            return []
        low, high = (int(each) for each in numbers.aminmax())
        found = [low] if low == high else numbers.unique().tolist()
        return [self._sources[number] for number in found if number]

    def _sizes_of(self, places: torch.Tensor) -> set[Size]:
        """Sizes of the maps that places begin at, apart from those of one pixel."""
        return {source.size for source in self._sources_of(places)} - {ONE_PIXEL}

    def _of(self, view: View) -> torch.Tensor:
        if view.storage not in self._storages:
            return torch.zeros((), dtype=torch.int64).expand(view.shape)
        places = self._storages[view.storage]
        if places is None:
            (shape, stride, offset), number = self._whole[view.storage]
            places = torch.zeros(self._nbytes[view.storage] // self._itemsizes[view.storage], dtype=torch.int64)
            places.as_strided(shape, stride, offset).copy_(self._places_of(number, shape))
            self._storages[view.storage] = places
        if _itemsize(view) != self._itemsizes[view.storage]:  # read as pairs of numbers, or as complex ones
            number = self._new(Source(INPUT, self._size(view), unknown=view.dtype))
            return torch.tensor(number * SOURCE).expand(view.shape)
        return places.as_strided(view.shape, view.stride, view.offset)

    def _set(self, view: View, places: torch.Tensor) -> None:
        if view.storage in self._whole:
            places = places.clone()  # it may be a window on what lies there
            self._of(view)
            del self._whole[view.storage]
        if self._itemsizes.get(view.storage) != _itemsize(view):
            self._itemsizes[view.storage] = _itemsize(view)
            self._storages[view.storage] = torch.zeros(self._nbytes[view.storage] // _itemsize(view), dtype=torch.int64)
        if places.shape != view.shape:
            places = places.expand(view.shape)
        self._of(view).copy_(places)


def _reach(convolution: Window) -> Size:
    """How many rows and columns beyond the edge of a map the window reaches."""
    height, width = (d * (k - 1) for k, d in zip(convolution.kernel_size, convolution.dilation, strict=True))
    return height, width


def _fitting(spots: torch.Tensor, size: Size, most_copies: Size) -> set[Padding]:
    """Where in all planes that have pixels a whole map of this size lies."""
    paddings = [_paddings(plane, size, most_copies) for plane in spots if bool((plane >= 0).any())]
    return set.intersection(*paddings)


def _paddings(spots: torch.Tensor, size: Size, most_copies: Size) -> set[Padding]:
    """Where in a plane of places (row and column in one, -1 for none) a whole map of this size lies.

    As it was or mirrored; or else, if there are no copies, with its pixels in another order. What lies around it is no
    pixel, or a copy of one.
    """
    height, width = size
    down, across = spots.shape[0] - height, spots.shape[1] - width
    grid = _grid(size)
    if (down, across) == (0, 0) and torch.equal(spots, grid):
        return {NO_PADDING}
    has_copies = int((spots >= 0).sum()) > height * width
    rows, columns = (spots >= 0).any(1), (spots >= 0).any(0)  # that hold a pixel
    as_it_was: set[Padding] = set()
    mirrored: set[Padding] = set()
    in_another_order: set[Padding] = set()
    for top in range(down + 1):
        for left in range(across + 1):
            padding = Padding(top, down - top, left, across - left)
            copied_rows = max(rows[:top].sum(), rows[top + height :].sum())
            copied_columns = max(columns[:left].sum(), columns[left + width :].sum())
            inside = spots[top : top + height, left : left + width]
            if any(torch.equal(inside, grid.flip(axes)) for axes in MIRRORED):
                if not has_copies or (copied_rows <= most_copies[0] and copied_columns <= most_copies[1]):
                    (as_it_was if torch.equal(inside, grid) else mirrored).add(padding)
            elif not has_copies and torch.equal(inside.flatten().sort().values, grid.flatten()):
                in_another_order.add(padding)
    return as_it_was or mirrored or in_another_order


def _highest_and_lowest(places: torch.Tensor, axes: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
    """Along axes, the highest place, and the lowest row and column of what stands for a pixel."""
    spots = torch.where(places == 0, SOURCE - 1, places % SOURCE)
    return places.amax(axes, keepdim=True), spots.amin(axes, keepdim=True)


def _has_copies(spots: torch.Tensor) -> bool:
    """Whether a pixel comes more than once in a plane of places."""
    pixels = spots[spots >= 0]
    return len(pixels.unique()) < len(pixels)


def _grid(size: Size) -> torch.Tensor:
    """Row and column of each pixel, in one number."""
    height, width = size
    return torch.arange(height)[:, None] * ROW + torch.arange(width)


def _border(spots: torch.Tensor) -> Padding:
    """Rows and columns at the edges in which no plane of places has a pixel."""
    pixels = (spots >= 0).any(0)
    if not bool(pixels.any()):
        return NO_PADDING
    rows, columns = pixels.any(1).nonzero().flatten().tolist(), pixels.any(0).nonzero().flatten().tolist()
    return Padding(rows[0], pixels.shape[0] - 1 - rows[-1], columns[0], pixels.shape[1] - 1 - columns[-1])


def _unevenness(padding: Padding) -> int:
    """A map of one pixel, or of few, fits in several places: the evenest is meant."""
    return abs(padding.top - padding.bottom) + abs(padding.left - padding.right)


def _same_spots(left: torch.Tensor, right: torch.Tensor) -> bool:
    """Whether places are of the same rows and columns, wherever both stand for a pixel."""
    return torch.equal(left, right) or bool(((left == 0) | (right == 0) | (left % SOURCE == right % SOURCE)).all())


def _is_mirrored(left: torch.Tensor, right: torch.Tensor) -> bool:
    """Whether a map has the other's pixels in the opposite order, of columns, rows or both."""
    return left.dim() > 1 and any(_same_spots(left, right.flip(axes)) for axes in MIRRORED)


def _varies(places: torch.Tensor, axis: int) -> bool:
    """Whether the pixels change along an axis."""
    return places.shape[axis] > 1 and not torch.equal(places.select(axis, 0) % SOURCE, places.select(axis, 1) % SOURCE)


def _is_broadcast(view: View, rank: int, axes: list[int]) -> bool:
    """Whether the tensor has one number for all places along these axes of a result."""
    own = [axis - (rank - len(view.shape)) for axis in axes]
    return all(axis < 0 or view.shape[axis] == 1 or view.stride[axis] == 0 for axis in own)


def _layout(view: View) -> Layout:
    return view.shape, view.stride, view.offset


def _itemsize(view: View) -> int:
    return getattr(torch, view.dtype).itemsize
