"""Recipes of tensors: what a test asks with, drawn anew for each submission."""

from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Normal:
    """A tensor of this shape, of normal numbers; where no dtype is given, of the default one."""

    shape: tuple[int, ...]
    dtype: torch.dtype | None = None

    def draw(self, source: torch.Generator, default: torch.dtype, *leading: int) -> torch.Tensor:
        """The tensor, with axes put before its own."""
        drawn = torch.randn((*leading, *self.shape), generator=source, dtype=torch.float32)
        return drawn.to(self.dtype or default)


@dataclass(frozen=True)
class Integers:
    """A tensor of this shape, of whole numbers from 0 to below `below`: tokens, labels, indices."""

    shape: tuple[int, ...]
    below: int
    dtype: torch.dtype = torch.int64

    def draw(self, source: torch.Generator, _default: torch.dtype, *leading: int) -> torch.Tensor:
        """The tensor, with axes put before its own."""
        return torch.randint(self.below, (*leading, *self.shape), generator=source).to(self.dtype)


Drawn = Normal | Integers
