"""Executing a trace without the network's code."""

import contextlib
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import torch

from autograder.network.allowed import CannotReplay, allowed_operator, is_mutable, operator_of
from autograder.network.records import Named, Operator, Output, Recording, View
from autograder.network.tensors import dtype_of, tensor_of

RTOL, ATOL = 1e-4, 1e-5
VIEWS_BY_ANOTHER_NAME = frozenset({"_unsafe_view", "unsafe_split", "unsafe_split_with_sizes"})  # their schema hides it

Tensors = Callable[[], tuple[Any, ...]]  # those of an operator, decoded only when this is called
Given = torch.Tensor | Sequence[torch.Tensor] | Mapping[str, torch.Tensor]  # what a network is called with


def tensors_given(given: Given) -> tuple[torch.Tensor, ...]:
    """The tensors that a network is called with: one, several in their places, or by the names of its arguments."""
    if isinstance(given, torch.Tensor):
        return (given,)
    return tuple(given.values() if isinstance(given, Mapping) else given)


def names_given(given: Given) -> tuple[str, ...]:
    """The names of their arguments, or their places."""
    return tuple(given) if isinstance(given, Mapping) else tuple(map(str, range(len(tensors_given(given)))))


class Watcher:
    """What may look at, or change, the tensors of a replay around each operator."""

    def start(self, inputs: tuple[torch.Tensor, ...]) -> None:
        """Called with the replay's own copies of the inputs."""

    def before(self, index: int, arguments: Tensors) -> None:
        """Called with the arguments of operator `index`, tensors in the stead of views."""

    def instead(self, index: int) -> tuple[torch.Tensor, ...] | None:
        """What operator `index` gives, where it need not be executed."""

    def after(self, index: int, outputs: Tensors) -> None:
        """Called with the tensors that operator `index` left."""


class Replay:
    """The recorded operators on inputs of the recorded shapes, one step at a time.

    CannotReplay where an operator is off the allow-list or the trace has no outputs; RuntimeError of PyTorch's where
    an operator does not take what the ones before it gave.
    """

    def __init__(self, trace: Recording, inputs: Given, *watchers: Watcher) -> None:
        if not trace.outputs:
            raise CannotReplay("the trace has no output")
        given = tensors_given(inputs)
        if not is_kind_of(trace, given):
            shapes = ", ".join(str(tuple(each.shape)) for each in given)
            raise CannotReplay(f"the trace was made on another kind of input than {shapes}")
        self._trace = trace
        self._watchers = watchers
        self._memory = _Memory(trace)
        own = tuple(self._memory.tensor(each.view) for each in trace.inputs)
        for mine, each in zip(own, given, strict=True):
            mine.copy_(each)
        for watcher in watchers:
            watcher.start(own)

    def step(self, index: int) -> None:
        _execute(index, self._trace.operators[index], self._memory, self._watchers)

    def tensors(self, views: tuple[View, ...]) -> list[torch.Tensor]:
        """What views of the trace show now."""
        return [self._memory.tensor(view) for view in views]

    def outputs(self) -> tuple[torch.Tensor, ...]:
        return tuple(self._memory.tensor(each.view).clone() for each in self._trace.outputs)


@contextlib.contextmanager
def as_recorded(trace: Recording) -> Iterator[None]:
    """Random numbers inside are those that the network drew."""
    with torch.no_grad(), torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(trace.seed)
        yield


def replay(trace: Recording, inputs: Given, *watchers: Watcher) -> tuple[torch.Tensor, ...]:
    """The outputs of all recorded operators on these inputs; raises as `Replay` does."""
    with as_recorded(trace):
        run = Replay(trace, inputs, *watchers)
        for index in range(len(trace.operators)):
            run.step(index)
        return run.outputs()


def is_kind_of(trace: Recording, inputs: tuple[torch.Tensor, ...]) -> bool:
    """Whether tensors are as many, and of the shapes and dtypes, as the trace was made on."""
    return [(tuple(each.shape), str(each.dtype)) for each in inputs] == [
        (each.shape, f"torch.{each.dtype}") for each in trace.inputs
    ]


def recorded_inputs(trace: Recording) -> tuple[torch.Tensor, ...]:
    """Copies of the inputs that the trace was made on."""
    memory = _Memory(trace)
    return tuple(memory.tensor(each.view).clone() for each in trace.inputs)


def recorded_output(output: Output) -> torch.Tensor:
    """An output as it was recorded; ValueError where its bytes are none of this dtype and shape."""
    return tensor_of(output.dtype, output.shape, output.content or b"")


def same_numbers(left: torch.Tensor, right: torch.Tensor) -> bool:
    """Equality within the tolerances that the course compares numbers with; NaN equals NaN."""
    if left.shape != right.shape or left.dtype != right.dtype:
        return False
    if torch.equal(left, right):  # as a rule, and soon told
        return True
    return is_inexact(left) and torch.allclose(left, right, rtol=RTOL, atol=ATOL, equal_nan=True)


def is_inexact(tensor: torch.Tensor) -> bool:
    """Whether its numbers are rounded: real or complex ones, not whole ones or truths."""
    return tensor.is_floating_point() or tensor.is_complex()


class _Memory:
    """The storages of one replay by number."""

    def __init__(self, trace: Recording) -> None:
        self._recorded = {storage.number: storage for storage in trace.storages}
        self._storages: dict[int, torch.UntypedStorage] = {}  # those that were recorded come when they are read
        self._tensors: dict[int, torch.Tensor] = {}  # by the view that shows it

    def __contains__(self, number: int) -> bool:
        return number in self._storages or self._recorded[number].content is not None

    def tensor(self, view: View) -> torch.Tensor:
        """The tensor that a view shows; RuntimeError where nothing has been written there, as in a forged trace."""
        known = self._tensors.get(id(view))
        if known is not None:
            return known
        if view.storage not in self:
            raise RuntimeError(f"the trace reads storage {view.storage} before it is written")
        if view.storage not in self._storages:
            content = self._recorded[view.storage].content
            read = torch.frombuffer(bytearray(content), dtype=torch.uint8) if content else torch.empty(0)
            self._storages[view.storage] = read.untyped_storage()
        tensor = torch.empty(0, dtype=dtype_of(view))
        tensor.set_(self._storages[view.storage], view.offset, view.shape, view.stride)
        tensor = torch._conj(tensor) if view.conjugate else tensor
        self._tensors[id(view)] = torch._neg_view(tensor) if view.negative else tensor
        return self._tensors[id(view)]

    def decode(self, value: Any) -> Any:
        if isinstance(value, View):
            return self.tensor(value)
        if isinstance(value, tuple):
            return [self.decode(part) for part in value]
        if isinstance(value, Named):
            name = value.name
            return torch.device(name.removeprefix("device:")) if name.startswith("device:") else getattr(torch, name)
        return value

    def decoded(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(map(self.decode, values))

    def bind(self, view: View, result: torch.Tensor) -> None:
        """Keeps an operator's new output, laid out as it was when the trace was made."""
        nbytes = self._recorded[view.storage].nbytes
        as_recorded = (result.stride(), result.storage_offset()) == (view.stride, view.offset)
        if as_recorded and result.untyped_storage().nbytes() == nbytes:
            self._storages[view.storage] = result.untyped_storage()
        else:
            self._storages[view.storage] = torch.zeros(nbytes, dtype=torch.uint8).untyped_storage()
            self.tensor(view).copy_(result)


def _execute(index: int, operator: Operator, memory: _Memory, watchers: tuple[Watcher, ...]) -> None:
    arguments = functools.partial(memory.decoded, operator.arguments)
    for watcher in watchers:
        watcher.before(index, arguments)
    unwritten = {view.storage for view in operator.outputs if view.storage not in memory}
    # What neither makes nor changes memory (views, questions about a number) needs no execution: views say it all.
    if not unwritten and not is_mutable(operator.name):
        _require_views(operator)
    else:
        options = {name: memory.decode(value) for name, value in operator.options.items()}
        if operator.random_state is not None:
            torch.default_generator.set_state(torch.frombuffer(bytearray(operator.random_state), dtype=torch.uint8))
        given = next(filter(None, (watcher.instead(index) for watcher in watchers)), None)
        results = given or tensors_in(allowed_operator(operator.name)(*arguments(), **options))
        for view, result in zip(operator.outputs, results, strict=True):
            if tuple(result.shape) != view.shape:
                raise RuntimeError(f"{operator.name} gives another size than was recorded")
            if view.storage in unwritten:
                memory.bind(view, result)
                unwritten.discard(view.storage)
    outputs = functools.partial(memory.decoded, operator.outputs)
    for watcher in watchers:
        watcher.after(index, outputs)


def _require_views(operator: Operator) -> None:
    """RuntimeError where an operator that writes nothing claims a result that is no view of what it read."""
    read = {view.storage for view in operator.inputs}
    returned = operator_of(operator.name)._schema.returns
    makes_views = operator.family in VIEWS_BY_ANOTHER_NAME or all(each.alias_info for each in returned)
    if operator.outputs and not (makes_views and all(view.storage in read for view in operator.outputs)):
        raise RuntimeError(f"{operator.name} makes no view")


def tensors_in(value: Any) -> list[torch.Tensor]:
    """The tensors in nested lists and tuples, depth first."""
    if isinstance(value, torch.Tensor):
        return [value]
    if isinstance(value, (list, tuple)):
        return [tensor for part in value for tensor in tensors_in(part)]
    return []
