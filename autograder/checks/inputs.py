"""Recipes of tensors: what a test asks with, drawn anew for each submission."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from autograder.checks.seeds import generator
from autograder.checks.subject import seed_of


@dataclass(frozen=True)
class Normal:
    """A tensor of this shape, of normal numbers."""

    shape: tuple[int, ...]
    dtype: torch.dtype = torch.float32

    def draw(self, source: torch.Generator) -> torch.Tensor:
        return torch.randn(self.shape, generator=source).to(self.dtype)


@dataclass(frozen=True)
class Integers:
    """A tensor of this shape, of whole numbers from 0 to below `below`: tokens, labels, indices."""

    shape: tuple[int, ...]
    below: int
    dtype: torch.dtype = torch.int64

    def draw(self, source: torch.Generator) -> torch.Tensor:
        return torch.randint(self.below, self.shape, generator=source).to(self.dtype)


def drawn_for(answer: Any, inputs: Sequence[Normal | Integers]) -> tuple[torch.Tensor, ...]:
    """The tensors of these recipes, each another: the same each time for one submission, and other ones for another."""
    source = generator(seed_of(answer), "inputs")
    return tuple(recipe.draw(source) for recipe in inputs)
