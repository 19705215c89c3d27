"""Networks as plain data: what a test hands to a student's function."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from torch import nn


@dataclass(frozen=True, eq=False)
class Recipe:
    """A layer of `torch.nn` by class name and arguments; one recipe object named twice is one layer used twice.

    An argument may be a recipe, or a dict of recipes that names the children:
    `Recipe("Sequential", {"stem": Recipe("ReLU")})`.
    """

    layer: str
    arguments: tuple[Any, ...]
    options: dict[str, Any]

    def __init__(self, layer: str, *arguments: Any, **options: Any) -> None:
        if not (isinstance(getattr(nn, layer, None), type) and issubclass(getattr(nn, layer), nn.Module)):
            raise ValueError(f"torch.nn has no layer {layer!r}")
        object.__setattr__(self, "layer", layer)
        object.__setattr__(self, "arguments", arguments)
        object.__setattr__(self, "options", options)

    def build(self) -> nn.Module:
        """The module, with weights drawn from PyTorch's present random state."""
        return _build(self, {})


def _build(part: Any, built: dict[int, nn.Module]) -> Any:
    if isinstance(part, dict):
        return OrderedDict((name, _build(child, built)) for name, child in part.items())
    if not isinstance(part, Recipe):
        return part
    if id(part) not in built:
        arguments = [_build(argument, built) for argument in part.arguments]
        built[id(part)] = getattr(nn, part.layer)(*arguments, **part.options)
    return built[id(part)]
