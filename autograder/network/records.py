"""Plain data that a trace is made of."""

from dataclasses import dataclass, field
from functools import cached_property
from types import NoneType
from typing import Any

LONE = ""  # the name of a tensor that is returned alone
LONGEST_NAME = 100
MOST_OUTPUTS = 256
ARGUMENT_TYPES = frozenset({NoneType, bool, int, float, complex, str})  # what an operator may be given besides tensors


@dataclass(frozen=True)
class View:
    """A tensor as a window on a storage; shape, stride and offset count elements.

    A `conjugate` or `negative` one shows its numbers changed so, which PyTorch puts off until they are needed.
    """

    storage: int
    dtype: str
    shape: tuple[int, ...]
    stride: tuple[int, ...]
    offset: int
    conjugate: bool = False
    negative: bool = False


@dataclass(frozen=True)
class Named:
    """A value that PyTorch has a name for, such as the dtype `float32` or the memory format `channels_last`."""

    name: str


@dataclass(frozen=True)
class Storage:
    """Memory that tensors share.

    `content` is what it held when it was first read; None for memory that an operator made.
    """

    number: int
    nbytes: int
    content: bytes | None = field(repr=False)


@dataclass(frozen=True)
class Operator:
    """One operator that the dispatcher executed.

    An argument is a `View`, which stands for a tensor, a `Named`, a number, a string, None, or a tuple of them.

    `random_state` is the generator's where the operator draws from another than the one before it left.
    """

    name: str
    module: str
    arguments: tuple[Any, ...]
    options: dict[str, Any]
    outputs: tuple[View, ...]
    random_state: bytes | None = field(default=None, repr=False)

    @cached_property
    def family(self) -> str:
        """The operator without namespace and overload: `convolution` for `aten.convolution.default`."""
        return self.name.split(".")[1]

    @cached_property
    def writes(self) -> bool:
        """Whether it writes into a tensor that it was given: in place, or by `out=`."""
        return self.family.endswith("_") or "out" in self.options

    @cached_property
    def inputs(self) -> tuple[View, ...]:
        """Every tensor among the arguments, in order."""
        return tuple(views_in((self.arguments, tuple(self.options.values()))))


@dataclass(frozen=True)
class OwnedTensor:
    """A tensor that is registered in the network; `running_statistic` for those of normalisation layers.

    One tensor under two names has one `number`. Of the `storage_elements` of its storage it has `elements`; other
    tensors may share that storage.
    """

    name: str
    number: int
    kind: str  # "parameter" or "buffer"
    storage: int
    elements: int
    storage_elements: int
    running_statistic: bool


@dataclass(frozen=True)
class Stop:
    """Where a network raised: the innermost module that was running, what it had received, and the error."""

    module: str
    module_class: str
    received: tuple[tuple[int, ...], ...]
    operator: str | None
    error: str
    message: str


@dataclass(frozen=True)
class Input:
    """A tensor that the network was given; `name` is that of its argument, or its place: `0`, `1`."""

    name: str
    view: View

    @property
    def shape(self) -> tuple[int, ...]:
        return self.view.shape

    @property
    def dtype(self) -> str:
        return self.view.dtype


@dataclass(frozen=True)
class Output(Input):
    """A tensor that the network returned, and its numbers.

    `name` says where in what was returned it lies: empty where a tensor alone was, `1` in a tuple or list, `boxes` in a
    dict or named tuple, `1.0` further inside.
    """

    content: bytes | None = field(repr=False)


@dataclass(frozen=True)
class Recording:
    """The operators that a network executed on its inputs, with every tensor that they read.

    `outputs` are empty where it stopped, or returned something that holds other things than tensors; `returned` is the
    type of what was no tensor alone. `unwatched` is what it gave on other inputs of the same sizes, by name, while
    nothing recorded it; None where it gave no tensors.
    """

    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    returned: str | None
    stopped: Stop | None
    operators: tuple[Operator, ...] = field(repr=False)
    owned: tuple[OwnedTensor, ...] = field(repr=False)
    storages: tuple[Storage, ...] = field(repr=False)
    seed: int
    unwatched: dict[str, bytes] | None = field(repr=False)


def views_in(value: Any) -> list[View]:
    """The views in nested tuples, depth first."""
    if isinstance(value, View):
        return [value]
    if isinstance(value, tuple):
        return [view for part in value for view in views_in(part)]
    return []


def is_recordable(value: Any) -> bool:
    """Whether the value may be an operator's argument in a record."""
    if type(value) is tuple:
        return all(map(is_recordable, value))
    return type(value) in ARGUMENT_TYPES or isinstance(value, View | Named)
