"""Where the exact reading has maps side by side: in an operator that works number by number."""

import torch

from autograder.network.places import Places, Source
from autograder.network.planes import HEIGHT, WIDTH, columns, is_mirrored, rows, same_spots, varies
from autograder.network.records import Operator, View
from autograder.network.replaying import Tensors, tensors_in


def merged(places: Places, index: int, operator: Operator, came: list[View], arguments: Tensors) -> torch.Tensor:
    """The places of what an operator gives that works number by number: those of its operands, if they fit."""
    shape = operator.outputs[0].shape
    maps = sorted(filter(places.is_map, came), key=places.pixels, reverse=True)
    first, *others = [*maps, *(view for view in came if view not in maps)]
    found = places.of(first).expand(shape)
    numbers = dict(zip(operator.inputs, tensors_in(arguments()), strict=False)) if others else {}
    for view in others:
        if not _fits(places, view, numbers[view], found):
            if view in maps:
                return _in_conflict(places, index, operator, maps)
            places.mixing.append(index)
            return places.beginning(Source(index, places.size(first), unknown=operator.family), shape)
        found = torch.where(found == 0, places.of(view).expand(shape), found)
    return found


def _fits(places: Places, view: View, numbers: torch.Tensor, beside: torch.Tensor) -> bool:
    """Whether numbers stand, along height and along width, for the pixels beside which they are, or for all."""
    own = places.of(view).expand(beside.shape)
    sizes, wanted = places.sizes_of(own), places.sizes_of(beside)
    if sizes == wanted and same_spots(own, beside):
        return True
    for axis, part in ((HEIGHT, rows), (WIDTH, columns)):
        is_of_one_length = {size[axis] for size in sizes} == {size[axis] for size in wanted}
        if not (is_of_one_length and same_spots(part(own), part(beside))):
            varying = [each for each in range(beside.dim()) if varies(part(beside), each)]
            is_of_another_pixel = bool(sizes) and not varying  # one of a map, and not of the one beside it
            if is_of_another_pixel or not _is_same_along(numbers, beside.dim(), varying):
                return False
    return True


def _is_same_along(numbers: torch.Tensor, rank: int, axes: list[int]) -> bool:
    """Whether there is one number for all places along these axes of a result of so many axes."""
    own = [axis - (rank - numbers.dim()) for axis in axes]
    return all(axis < 0 or bool((numbers == numbers.narrow(axis, 0, 1)).all()) for axis in own)


def _in_conflict(places: Places, index: int, operator: Operator, maps: list[View]) -> torch.Tensor:
    """Of maps that stand for different pixels: what is wrong with one; or the first, where each is whole."""
    shape = operator.outputs[0].shape
    first, *others = (places.of(view).expand(shape) for view in maps)
    if not all(is_mirrored(first, other) for other in others):
        places.mixing.append(index)  # a sum of shifted maps may stand for a convolution
    unknown = Source(index, places.size(maps[0]), unknown=operator.family)
    sources = [source for view in maps for source in places.sources_of(places.of(view))]
    arrivals = [places.arrival(index, view) for view in maps if len(view.shape) == 4]
    is_spread = any(0 in view.stride for view in maps)  # a row, say, beside each row of a map
    if len(arrivals) < len(maps) or is_spread or any(source.unknown for source in sources):
        return places.beginning(unknown, shape)
    for each in arrivals:
        if not each.is_whole:
            fault = each.fault or unknown.unknown
            return places.beginning(Source(index, each.source.size, fault=fault, hides_border=True), shape)
    if len({each.source.size for each in arrivals}) == 1:
        return first
    return places.beginning(unknown, shape)
