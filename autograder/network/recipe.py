"""Networks as plain data: what a test hands to a student's function."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from torch import nn

from autograder import coding


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


def _parts(recipe: Recipe) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
    return recipe.layer, recipe.arguments, recipe.options


def _whole(layer: Any, arguments: Any, options: Any) -> Recipe:
    if type(layer) is not str or type(arguments) is not tuple or type(options) is not dict:
        raise ValueError("not the parts of a recipe")
    return Recipe(layer, *arguments, **options)


coding.crosses_as("Recipe", Recipe, _parts, _whole, is_shared=True)
