"""Executing a trace without the network's code."""

import contextlib
import functools
from collections.abc import Callable, Iterator
from typing import Any

import torch

from autograder.network.allowed import CannotReplay, allowed_operator, is_mutable, operator_of
from autograder.network.coding import tensor_of
from autograder.network.records import Named, Operator, Recording, View

RTOL, ATOL = 1e-4, 1e-5
VIEWS_BY_ANOTHER_NAME = frozenset({"_unsafe_view", "unsafe_split", "unsafe_split_with_sizes"})  # their schema hides it


Tensors = Callable[[], tuple[Any, ...]]  # what an operator is given or leaves, made when it is looked at


class Watcher:
    """What may look at, or change, the tensors of a replay around each operator."""

    def start(self, input: torch.Tensor) -> None:
        """Called with the replay's own copy of the input."""

    def before(self, index: int, arguments: Tensors) -> None:
        """Called with the arguments of operator `index`, tensors in the stead of views."""

    def instead(self, index: int) -> tuple[torch.Tensor, ...] | None:
        """What operator `index` gives, where it need not be executed."""

    def after(self, index: int, outputs: Tensors) -> None:
        """Called with the tensors that operator `index` left."""


class Replay:
    """The recorded operators on an input of the recorded shape, one step at a time.

    CannotReplay where an operator is off the allow-list or the trace has no output; RuntimeError of PyTorch's where
    an operator does not take what the ones before it gave.
    """

    def __init__(self, trace: Recording, input: torch.Tensor, *watchers: Watcher) -> None:
        if trace.output is None:
            raise CannotReplay("the trace has no output")
        if tuple(input.shape) != trace.input.shape or str(input.dtype) != f"torch.{trace.input.dtype}":
            raise CannotReplay(f"the trace was made on another kind of input than {tuple(input.shape)}")
        self._trace, self._output = trace, trace.output
        self._watchers = watchers
        self._memory = _Memory(trace)
        given = self._memory.tensor(trace.input)
        given.copy_(input)
        for watcher in watchers:
            watcher.start(given)

    def step(self, index: int) -> None:
        _execute(index, self._trace.operators[index], self._memory, self._watchers)

    def tensors(self, views: tuple[View, ...]) -> list[torch.Tensor]:
        """What views of the trace show now."""
        return [self._memory.tensor(view) for view in views]

    def output(self) -> torch.Tensor:
        return self._memory.tensor(self._output).clone()


@contextlib.contextmanager
def as_recorded(trace: Recording) -> Iterator[None]:
    """Random numbers inside are those that the network drew."""
    with torch.no_grad(), torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(trace.seed)
        yield


def replay(trace: Recording, input: torch.Tensor, *watchers: Watcher) -> torch.Tensor:
    """The output of all recorded operators on an input; raises as `Replay` does."""
    with as_recorded(trace):
        run = Replay(trace, input, *watchers)
        for index in range(len(trace.operators)):
            run.step(index)
        return run.output()


def recorded_input(trace: Recording) -> torch.Tensor:
    """A copy of the input that the trace was made on."""
    return _Memory(trace).tensor(trace.input).clone()


def recorded_output(trace: Recording) -> torch.Tensor | None:
    """The output as it was recorded; None where there was none."""
    if trace.output is None or trace.output_content is None:
        return None
    return tensor_of(trace.output_content, trace.output.dtype, trace.output.shape)


def same_numbers(left: torch.Tensor, right: torch.Tensor) -> bool:
    """Equality within the tolerances that the course compares numbers with; NaN equals NaN."""
    if left.shape != right.shape or left.dtype != right.dtype:
        return False
    if torch.equal(left, right):  # as a rule, and soon told
        return True
    inexact = left.is_floating_point() or left.is_complex()
    return inexact and torch.allclose(left, right, rtol=RTOL, atol=ATOL, equal_nan=True)


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
        tensor = torch.empty(0, dtype=getattr(torch, view.dtype))
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
