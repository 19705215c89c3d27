"""Running a network under PyTorch's dispatcher and writing down what it executes."""

import contextlib
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import torch
from torch import nn
from torch.nn.parameter import is_lazy
from torch.utils._python_dispatch import TorchDispatchMode

from autograder.network.modules import (
    RUNNING_STATISTICS,
    ModuleStack,
    Registered,
    as_found,
    class_name,
    is_strided,
    named_modules,
    parameters_of,
    registered,
)
from autograder.network.records import (
    ARGUMENT_TYPES,
    LONE,
    LONGEST_NAME,
    MOST_OUTPUTS,
    Input,
    Named,
    Operator,
    Output,
    OwnedTensor,
    Stop,
    Storage,
    View,
    views_in,
)
from autograder.network.replaying import Given, names_given, tensors_given, tensors_in
from autograder.network.trace import Trace
from autograder.network.undisturbed import seed_all

COMPOSITE = torch._C.DispatchKey.CompositeImplicitAutograd
MOST_DEPTH = 8  # of what a network returns: tensors in tuples in dicts …
NORMALISING = torch.ops.aten.native_batch_norm.default  # writes its running statistics, though its schema hides it


def observe(network: Callable[..., Any], inputs: Given, seed: int = 0, others: Given | None = None) -> Trace:
    """What the network executes on its inputs, in eval mode and without gradient, after a warm-up on `others`.

    `network` is a module or any function of tensors. It is called with one, with those of a tuple in their places, or
    with those of a dict by name, and may return tensors in tuples, lists, dicts and named tuples. An error of its own
    is not raised: it is the trace's `stopped`. Weights, buffers, training flags and random states are left as found;
    lazy layers stay built. What the warm-up gave, which nothing records, is kept beside; `others` are the inputs
    themselves where none are given.
    """
    modules = named_modules(network)
    given = _own(inputs)
    others = inputs if others is None else others
    if any(map(is_lazy, parameters_of(modules))):
        _unwatched(network, modules, others, seed)  # it draws their weights, which no later run does
    unwatched = _unwatched(network, modules, others, seed)
    held = list(registered(modules))  # a tensor that `forward` puts in the place of one is from outside
    with as_found(modules), torch.no_grad():
        seed_all(seed)
        recorder = _Recorder(ModuleStack(modules))
        views = [recorder.view(tensor) for tensor in tensors_given(given)]
        returned, stopped = _run(network, given, recorder)
    outputs = _outputs(returned) or {}
    return Trace(
        inputs=tuple(map(Input, names_given(given), views)),
        outputs=tuple(Output(name, recorder.view(each), _content_of(each)) for name, each in outputs.items()),
        returned=None if LONE in outputs or stopped else class_name(returned),
        stopped=stopped,
        operators=tuple(recorder.operators),
        owned=tuple(_owned_tensors(held, recorder)),
        storages=tuple(recorder.storages.values()),
        seed=seed,
        unwatched={name: _content_of(each) for name, each in unwatched.items()} if unwatched else None,
    )


def _unwatched(
    network: Callable[..., Any], modules: dict[str, nn.Module], inputs: Given, seed: int
) -> dict[str, torch.Tensor] | None:
    """The network's outputs with no eye on it; None where it stops or returns no tensors."""
    with as_found(modules), torch.no_grad(), contextlib.suppress(Exception):
        seed_all(seed)
        return _outputs(_called(network, _own(inputs)))
    return None


def _own(inputs: Given) -> Given:
    """Copies, which the network may write into."""
    if isinstance(inputs, Mapping):
        return {name: tensor.detach().clone() for name, tensor in inputs.items()}
    return tuple(tensor.detach().clone() for tensor in tensors_given(inputs))


def _called(network: Callable[..., Any], inputs: Given) -> Any:
    return network(**inputs) if isinstance(inputs, Mapping) else network(*inputs)


def _outputs(returned: Any) -> dict[str, torch.Tensor] | None:
    """The tensors in what a network returned, by where they lie in it; None where it holds others than tensors."""
    found: dict[str, torch.Tensor] = {}
    with contextlib.suppress(Exception):  # what holds them may be of the network's own making
        for name, part in _parts(returned):
            if not isinstance(part, torch.Tensor) or not is_strided(part) or name in found:
                return None
            found[name] = part
        return found if 0 < len(found) <= MOST_OUTPUTS and len(max(found, key=len)) <= LONGEST_NAME else None
    return None


def _parts(returned: Any, name: str = LONE, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """What lies in nested tuples, lists, dicts and named tuples, and where; inside of them None is nothing."""
    parts: Iterable[tuple[Any, Any]]
    if isinstance(returned, dict):
        parts = dict.items(returned)
    elif isinstance(returned, (tuple, list)):
        parts = zip(getattr(type(returned), "_fields", range(len(returned))), returned, strict=True)
    else:
        parts = ()
        if returned is not None or not depth:
            yield name, returned
    for key, part in parts:
        if depth == MOST_DEPTH or key == "":
            raise ValueError("too deep, or a place without a name")
        yield from _parts(part, f"{name}.{key}" if name else str(key), depth + 1)


def _owned_tensors(held: list[Registered], recorder: "_Recorder") -> Iterator[OwnedTensor]:
    numbers: dict[int, int] = {}
    for each in held:
        view = recorder.view(each.tensor, read=False)
        with torch._C.DisableTorchFunctionSubclass():
            elements = torch.Tensor.numel(each.tensor)
            storage_elements = recorder.storages[view.storage].nbytes // torch.Tensor.element_size(each.tensor)
        number = numbers.setdefault(id(each.tensor), len(numbers))
        yield OwnedTensor(
            each.name, number, each.kind, view.storage, elements, storage_elements, each.is_running_statistic
        )


def _run(network: Callable[..., Any], inputs: Given, recorder: "_Recorder") -> tuple[Any, Stop | None]:
    try:
        with recorder.stack.following(), recorder:
            return _called(network, inputs), None
    except Exception as error:
        return None, recorder.stack.stop(error, recorder.failed if recorder.error is error else None)


@functools.cache
def _has_tensors(func: Any) -> bool:
    """Whether the operator may be given tensors, or give some."""
    return "Tensor" in str(func._schema)


class _Recorder(TorchDispatchMode):
    """Writes down each operator with its tensors as views of numbered storages."""

    def __init__(self, stack: ModuleStack) -> None:
        super().__init__()
        self.stack = stack
        self.operators: list[Operator] = []
        self.storages: dict[int, Storage] = {}
        self.failed: str | None = None
        self.error: Exception | None = None
        self._random_state: bytes = _random_state(torch.default_generator)
        self._numbers: dict[int, int] = {}
        self._unsaid: set[int] = set()  # storages that operators wrote into and did not give as a result
        self._alive: list[Any] = []  # a storage's address names it only for as long as the storage lives

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # or the first observation would import all of torch._dynamo, a second or more

    def __torch_dispatch__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        if not _has_tensors(func):  # a mark for a profiler, say
            return func(*args, **kwargs)
        if func is torch.ops.aten._convolution.default:  # as a traced network calls it, with the backend's settings
            func, args = torch.ops.aten.convolution.default, args[:9]
        # Under inference_mode composite operators such as conv2d arrive whole; their parts are what a trace holds.
        if torch._C._dispatch_has_kernel_for_dispatch_key(func.name(), COMPOSITE):
            with self:
                return func._op_dk(COMPOSITE, *args, **kwargs)
        try:
            arguments, options = self._encode(args), {name: self._encode(value) for name, value in kwargs.items()}
        except _Unrecordable:
            return self._unrecorded(func, func(*args, **kwargs))
        draws = torch.Tag.nondeterministic_seeded in func.tags
        generator = _generator((*args, *kwargs.values())) if draws else None
        drawn_from = self._unexpected_state(generator) if generator else None
        try:
            result = func(*args, **kwargs)
        except Exception as error:
            self.failed, self.error = str(func), error
            raise
        try:
            outputs = tuple(self.view(tensor, read=False) for tensor in tensors_in(result))
        except _Unrecordable:
            return self._unrecorded(func, result)
        if not self._unsaid.isdisjoint(view.storage for view in views_in((arguments, tuple(options.values())))):
            return self._unrecorded(func, result)
        written = {view.storage for view in self._written(func, args, kwargs)}
        self._unsaid |= written - {view.storage for view in outputs}
        self.operators.append(Operator(str(func), self.stack.module, arguments, options, outputs, drawn_from))
        if generator:
            self._random_state = _random_state(generator)
        return result

    def _written(self, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Iterator[View]:
        """The tensors that it writes into; as a rule they are among its results."""
        given = kwargs | {argument.name: value for argument, value in zip(func._schema.arguments, args, strict=False)}
        hidden = RUNNING_STATISTICS if func is NORMALISING and given["training"] else ()
        for argument in func._schema.arguments:
            if argument.name in hidden or (argument.alias_info and argument.alias_info.is_write):
                yield from map(self.view, tensors_in(given.get(argument.name)))

    def _unrecorded(self, func: Any, result: Any) -> Any:
        """Notes an operator of which no record can show what it does or reads: no replay will execute it."""
        self.operators.append(Operator(f"unrecorded.{func}", self.stack.module, (), {}, ()))
        return result

    def _unexpected_state(self, generator: torch.Generator) -> bytes | None:
        """The generator's state, where it is not the one that the last draw left: the network seeded anew, say."""
        state = _random_state(generator)
        return None if state == self._random_state else state

    def view(self, tensor: torch.Tensor, read: bool = True) -> View:
        """The tensor as a view; a storage that is read before an operator wrote it is kept with its content."""
        with torch._C.DisableTorchFunctionSubclass():
            if not is_strided(tensor):
                raise _Unrecordable
            storage = torch.Tensor.untyped_storage(tensor)
            number = self._numbers.get(storage._cdata)
            if number is None:
                number = self._numbers[storage._cdata] = len(self._numbers)
                self._alive.append(storage)
                self.storages[number] = Storage(number, storage.nbytes(), _bytes(storage) if read else None)
            return View(
                number,
                str(tensor.dtype).removeprefix("torch."),
                tuple(torch.Tensor.size(tensor)),
                tuple(torch.Tensor.stride(tensor)),
                int(torch.Tensor.storage_offset(tensor)),
                torch.Tensor.is_conj(tensor),
                torch.Tensor.is_neg(tensor),
            )

    def _encode(self, value: Any) -> Any:
        if isinstance(value, torch.Tensor):
            return self.view(value)
        if isinstance(value, (list, tuple)):
            return tuple(self._encode(part) for part in value)
        if isinstance(value, (torch.dtype, torch.layout, torch.memory_format)):
            return Named(str(value).removeprefix("torch."))
        if isinstance(value, torch.device):
            return Named(f"device:{value}")
        if isinstance(value, torch.Generator):
            return None  # the operator's `random_state` says where it stood
        if type(value) in ARGUMENT_TYPES:
            return value
        raise _Unrecordable


class _Unrecordable(Exception):
    """A tensor that is no window on a storage, or an argument of a kind that no record has a place for."""


def _generator(arguments: tuple[Any, ...]) -> torch.Generator:
    """The generator that an operator draws from."""
    return next((each for each in arguments if isinstance(each, torch.Generator)), torch.default_generator)


def _random_state(generator: torch.Generator) -> bytes:
    return generator.get_state().numpy().tobytes()


def _bytes(storage: torch.UntypedStorage) -> bytes:
    return bytes(torch.tensor([], dtype=torch.uint8).set_(storage).numpy()) if storage.nbytes() else b""


def _content_of(tensor: torch.Tensor) -> bytes:
    with torch._C.DisableTorchFunctionSubclass():
        flat = torch.empty(torch.Tensor.size(tensor), dtype=tensor.dtype).copy_(tensor.detach())
        return _bytes(flat.untyped_storage())
