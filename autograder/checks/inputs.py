"""Recipes of tensors: what a test asks with, drawn anew for each submission."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import torch

from autograder.checks.seeds import derived
from autograder.network.replaying import Given


@dataclass(frozen=True)
class _Shaped:
    """What all recipes have."""

    shape: tuple[int, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "shape", tuple(self.shape))  # a list has no hash, and answers are kept by recipe


@dataclass(frozen=True)
class Normal(_Shaped):
    """A tensor of this shape, of normal numbers; where no dtype is given, of the default one."""

    dtype: torch.dtype | None = None

    def draw(self, source: torch.Generator, default: torch.dtype, *leading: int) -> torch.Tensor:
        """The tensor, with axes put before its own."""
        drawn = torch.randn((*leading, *self.shape), generator=source, dtype=torch.float32)
        return drawn.to(self.dtype or default)


@dataclass(frozen=True)
class Integers(_Shaped):
    """A tensor of this shape, of whole numbers from 0 to below `below`: tokens, labels, indices."""

    below: int
    dtype: torch.dtype = torch.int64

    def draw(self, source: torch.Generator, _default: torch.dtype, *leading: int) -> torch.Tensor:
        """The tensor, with axes put before its own."""
        return torch.randint(self.below, (*leading, *self.shape), generator=source).to(self.dtype)


Drawn = Normal | Integers
Recipes = Drawn | Sequence[Drawn] | Mapping[str, Drawn]


@dataclass(frozen=True)
class Inputs:
    """A recipe for each argument of a network: in its place or, where there are `names`, by name."""

    recipes: tuple[Drawn, ...]
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, recipes: Recipes) -> Self:
        if isinstance(recipes, Mapping):
            return cls(tuple(recipes.values()), tuple(recipes))
        return cls((recipes,) if isinstance(recipes, Drawn) else tuple(recipes))

    def draw_twice(self, source: torch.Generator, default: torch.dtype, batch_size: int) -> tuple[Given, Given]:
        """Two batches of what a network is called with."""
        pairs = [recipe.draw(source, default, 2, batch_size) for recipe in self.recipes]
        first, second = (self._given(tuple(pair[place] for pair in pairs)) for place in (0, 1))
        return first, second

    def _given(self, tensors: tuple[torch.Tensor, ...]) -> Given:
        return dict(zip(self.names, tensors, strict=True)) if self.names else tensors


def generator(seed: int, *purpose: Any) -> torch.Generator:
    """A new generator for one purpose: it gives the same numbers each time."""
    return torch.Generator().manual_seed(derived(seed, *purpose) // 2)  # what PyTorch takes is signed
