"""Where places are kept: each number that is computed from the input carries that of the pixel that it stands for."""

from dataclasses import dataclass, field, replace

import torch

from autograder.network.allowed import CannotReplay
from autograder.network.layers import Window
from autograder.network.planes import (
    NO_PADDING,
    SOURCE,
    Padding,
    Size,
    agree_by_source,
    border,
    fitting,
    grid,
    has_copies,
    unevenness,
)
from autograder.network.records import Operator, Recording, View
from autograder.network.tensors import itemsize

INPUT = -1  # stands for the network's inputs where an operator's index is expected
MOST_SOURCES = 2**13  # so that places are whole numbers of float64 as well
Layout = tuple[tuple[int, ...], tuple[int, ...], int]  # shape, stride, offset
ONE_PIXEL = (1, 1)


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
    """A feature map that enters a convolution, a pooling or, with `index` None, one of the network's outputs.

    `padding` is what was put around it; None where that can't be told. Where it `is_whole` it is the map of `source`;
    otherwise `fault` names the operator that made it another, if one did alone. `unknown` names an operator that keeps
    both from being told. Where `channels_agree`, it has pixels, at each place the same in all channels of one source.
    """

    index: int | None
    source: Source
    entered: tuple[int, ...]
    padding: Padding | None
    is_whole: bool = True
    fault: str = ""
    unknown: str = ""
    channels_agree: bool = True
    output: int = 0  # which of several, where `index` is None
    places: torch.Tensor | None = field(default=None, repr=False, compare=False)  # of one channel


class Places:
    """The places of all numbers, by the storages that hold them, and what came of maps where they arrive.

    `mixing` are the operators that mix places in a way that is not known.
    """

    def __init__(self, trace: Recording) -> None:
        self.mixing: list[int] = []
        self.sources: list[Source] = [Source(INPUT, ONE_PIXEL)]  # none has number 0
        self.carried: dict[int, tuple[Size, str]] = {}  # by storage: size of its map, what first made it another
        self._trace = trace
        self._nbytes = {storage.number: storage.nbytes for storage in trace.storages}
        self._storages: dict[int, torch.Tensor | None] = {}  # None: a whole map whose places are not written out yet
        self._whole: dict[int, tuple[Layout, int]] = {}  # by storage, how a map lies in it as it began, and its source
        self._itemsizes: dict[int, int] = {}
        for each in trace.inputs:
            height, width = each.shape[-2:] if len(each.shape) >= 3 else ONE_PIXEL
            self.begin(each.view, Source(INPUT, (height, width)))

    def have(self, view: View) -> bool:
        """Whether numbers of the view's storage are computed from the input."""
        return view.storage in self._storages

    def arrival(self, index: int | None, view: View, convolution: Window | None = None) -> Arrival:
        """What came of a map's places; only before a convolution may something lie around it."""
        size, fault = self.carried.get(view.storage, (ONE_PIXEL, ""))
        entered = view.shape[-2:] if len(view.shape) in (3, 4) else view.shape[2:]
        if (number := self.number(view)) and self.sources[number].size == entered:
            return Arrival(index, self.sources[number], entered, NO_PADDING, places=grid(self.sources[number].size))
        of_maps = self.of_maps(self._planes(view))
        maps = self.sources_of(of_maps)
        source = next((each for each in maps if each.fault), maps[0]) if maps else Source(INPUT, size)
        arrived = Arrival(index, source, entered, None)
        if unknown := next((each.unknown for each in maps if each.unknown), ""):
            return replace(arrived, unknown=unknown)
        if convolution:
            channels_agree = bool(maps) and agree_by_source(self.of_maps(self.of(view)), [1])
            arrived = replace(arrived, channels_agree=channels_agree)
        spots = torch.where(of_maps == 0, -1, of_maps % SOURCE)
        fault = next((each.fault for each in maps if each.fault), fault)
        if len(entered) == 2 and {(each.size, each.fault) for each in maps} == {(source.size, "")}:
            spots = torch.stack([plane for plane in spots if bool((plane >= 0).any())] or [spots[0]])
            most_copies = source.size[0] - 1, source.size[1] - 1  # on one side, not all of the map once more
            paddings = fitting(spots, source.size, most_copies)
            if not convolution:
                paddings &= {NO_PADDING}
            if paddings:
                return replace(arrived, padding=min(paddings, key=unevenness), places=spots[0])
            if convolution and fitting(spots, source.size, _reach(convolution)):
                return replace(arrived, unknown=fault or "view")
            if any(each.mixed == entered for each in maps):
                self.mixing.append(source.operator)
                return replace(arrived, unknown=self._trace.operators[source.operator].family)
        may_be_copies = not any(each.fault for each in maps) and any(map(has_copies, spots))
        is_told = not may_be_copies and not any(each.hides_border for each in maps)
        return replace(arrived, padding=border(spots) if is_told else None, is_whole=False, fault=fault)

    def _planes(self, view: View) -> torch.Tensor:
        """The different (height, width) planes of places among samples and channels."""
        places = self.of(view)
        planes = places.reshape(-1, *places.shape[-2:]) if places.dim() > 1 else places.reshape(1, 1, -1)
        return planes[:1] if bool((planes == planes[:1]).all()) else torch.unique(planes, dim=0)

    def begin(self, view: View, source: Source) -> None:
        """What the view shows is the map of a source from here on."""
        if source.fault or source.unknown:
            self.set(view, self.beginning(source, view.shape))
        else:
            self.show(view, self.new(source))
        self.carried[view.storage] = (source.size, "")

    def show(self, view: View, number: int) -> None:
        """The same for a source that has a number already, and is a whole map."""
        self._itemsizes[view.storage] = itemsize(view)
        self._storages[view.storage] = None
        self._whole[view.storage] = _layout(view), number

    def number(self, view: View) -> int:
        """The number of the source whose map the view shows as it began; 0 where it shows none."""
        layout, number = self._whole.get(view.storage, (None, 0))
        return number if layout == _layout(view) else 0

    def beginning(self, source: Source, shape: tuple[int, ...]) -> torch.Tensor:
        """The places of a tensor that is the map of a new source."""
        return self._places_of(self.new(source), shape)

    def _places_of(self, number: int, shape: tuple[int, ...]) -> torch.Tensor:
        source = self.sources[number]
        places = torch.full(shape[-2:] if len(shape) > 1 else shape, number * SOURCE)
        if source.size == tuple(shape[-2:]) and not (source.fault or source.unknown):
            places += grid(source.size)
        return places.expand(shape)

    def new(self, source: Source) -> int:
        """The number of a new source; CannotReplay where there are too many."""
        if len(self.sources) >= MOST_SOURCES:
            raise CannotReplay("the network has more layers than can be followed")
        self.sources.append(source)
        return len(self.sources) - 1

    def size(self, view: View) -> Size:
        """The size of the map that the view's numbers come from."""
        return self.carried[view.storage][0]

    def carry(self, operator: Operator, view: View) -> None:
        """The outputs of an operator come from the map that the view comes from."""
        size, fault = self.carried[view.storage]
        was_whole = len(view.shape) == 4 and view.shape[-2:] == size
        for output in operator.outputs:
            is_other = len(output.shape) == 4 and output.shape[-2:] != size
            self.carried[output.storage] = size, fault or (operator.family if was_whole and is_other else "")

    def is_map(self, view: View) -> bool:
        """Whether it has pixels: numbers for the whole of a map have none."""
        if number := self.number(view):
            return self.sources[number].size != ONE_PIXEL
        return any(map(_is_map, self.sources_of(self.of(view))))

    def pixels(self, view: View) -> int:
        """How many the largest map has of which the view shows some."""
        return max((height * width for height, width in self.sizes_of(self.of(view))), default=1)

    def sources_of(self, places: torch.Tensor) -> list[Source]:
        numbers = places // SOURCE
        if not numbers.numel():
            return []
        low, high = (int(each) for each in numbers.aminmax())
        found = [low] if low == high else numbers.unique().tolist()
        return [self.sources[number] for number in found if number]

    def of_maps(self, places: torch.Tensor) -> torch.Tensor:
        """The places of pixels alone, 0 for what stands for the whole of a map; where there is no pixel, all."""
        numbers = torch.tensor([number for number, each in enumerate(self.sources) if number and _is_map(each)])
        of_maps = torch.where(torch.isin(places // SOURCE, numbers), places, 0)
        return of_maps if bool(of_maps.any()) else places

    def sizes_of(self, places: torch.Tensor) -> set[Size]:
        """Sizes of the maps that places begin at, apart from those of one pixel."""
        return {source.size for source in self.sources_of(places)} - {ONE_PIXEL}

    def of(self, view: View) -> torch.Tensor:
        """The places of what the view shows."""
        if view.storage not in self._storages:
            return torch.zeros((), dtype=torch.int64).expand(view.shape)
        places = self._storages[view.storage]
        if places is None:
            (shape, stride, offset), number = self._whole[view.storage]
            places = torch.zeros(self._nbytes[view.storage] // self._itemsizes[view.storage], dtype=torch.int64)
            places.as_strided(shape, stride, offset).copy_(self._places_of(number, shape))
            self._storages[view.storage] = places
        if itemsize(view) != self._itemsizes[view.storage]:  # read as pairs of numbers, or as complex ones
            number = self.new(Source(INPUT, self.size(view), unknown=view.dtype))
            return torch.tensor(number * SOURCE).expand(view.shape)
        return places.as_strided(view.shape, view.stride, view.offset)

    def set(self, view: View, places: torch.Tensor) -> None:
        """What the view shows has these places from here on."""
        if view.storage in self._whole:
            places = places.clone()  # it may be a window on what lies there
            self.of(view)
            del self._whole[view.storage]
        if self._itemsizes.get(view.storage) != itemsize(view):
            self._itemsizes[view.storage] = itemsize(view)
            self._storages[view.storage] = torch.zeros(self._nbytes[view.storage] // itemsize(view), dtype=torch.int64)
        if places.shape != view.shape:
            places = places.expand(view.shape)
        self.of(view).copy_(places)


def _is_map(source: Source) -> bool:
    """Whether it has pixels, or may have."""
    return source.size != ONE_PIXEL or bool(source.fault or source.unknown)


def _reach(convolution: Window) -> Size:
    """How many rows and columns beyond the edge of a map the window reaches."""
    height, width = (d * (k - 1) for k, d in zip(convolution.kernel_size, convolution.dilation, strict=True))
    return height, width


def _layout(view: View) -> Layout:
    return view.shape, view.stride, view.offset
