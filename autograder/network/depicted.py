"""What of a network a picture shows, as plain data that can be kept in a file."""

from dataclasses import replace
from typing import Any

from autograder import coding
from autograder.network.field import Sight, Stage
from autograder.network.layers import LINEAR, Window, window_of
from autograder.network.trace import Trace

Depicted = Trace | Sight
MOST_LAYERS = 24  # of more, a picture of the shapes would be longer than a page

for _record in (Window, Stage, Sight):
    coding.may_cross(_record)


def as_plain(shown: Depicted) -> Any | None:
    """What a picture needs of it, as JSON can hold it; None where there is too much to show."""
    if isinstance(shown, Sight):
        return coding.encode(shown)[0]
    operators = enumerate(shown.operators)
    layers = tuple(each for place, each in operators if window_of(place, each) or each.family in LINEAR)
    if len(layers) > MOST_LAYERS:
        return None
    outputs = tuple(replace(each, content=None) for each in shown.outputs)
    shapes = replace(shown, outputs=outputs, operators=layers, owned=(), storages=(), unwatched=None)
    return coding.encode(shapes)[0]


def from_plain(plain: Any) -> Depicted:
    """The inverse of `as_plain`; ValueError for anything that it does not give."""
    shown = coding.decode(plain, ())
    if not isinstance(shown, Depicted):
        raise ValueError(f"{type(shown).__name__} is nothing to draw")
    return shown
