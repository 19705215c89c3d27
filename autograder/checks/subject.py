"""Every touch of what a student wrote: calling it, making a network of it, observing that network."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn.parameter import is_lazy

from autograder.checks.plain_data import Opaque, Plain, plain
from autograder.network import Trace, observe
from autograder.network.observe import named_modules
from autograder.network.undisturbed import seed_all, undisturbed

Shape = tuple[int, ...]
SEED = 61_403  # unlike any that a notebook sets, or new weights would equal the given ones
STUDENTS_OWN = (Exception, SystemExit)  # KeyboardInterrupt is the student who stops the check


@dataclass(frozen=True)
class Raised:
    """The error that a student's code raised."""

    error: str
    message: str

    @property
    def is_stub(self) -> bool:
        """Whether this is how an exercise without an answer ends."""
        return is_stub(self.error, self.message)

    def __str__(self) -> str:
        return f"{self.error}: {self.message}" if self.message else self.error


@dataclass(frozen=True)
class NotANetwork:
    """What stands where the class of a network should; `kind` is its type, or the type of what it made."""

    kind: str
    problem: str  # "instance", "not callable" or "not a module"


def name_of(value: Any) -> str:
    """The name of a function or class; of an instance, the name of its class."""
    name = getattr(value, "__name__", None)
    return name if isinstance(name, str) else type(value).__name__


def value_of(value: Any) -> Plain:
    """A variable of the student's as plain data."""
    found = call(lambda: value)
    return Opaque(type(value).__name__) if isinstance(found, Raised) else found


def call(function: Any, *arguments: Any, **options: Any) -> Plain | Raised:
    """What the function returns, as plain data."""
    try:
        return plain(function(*arguments, **options))
    except STUDENTS_OWN as error:
        return _raised(error)


def observe_network(
    network_class: Callable[[], nn.Module], batch_size: int, input_shape: Shape
) -> Trace | Raised | NotANetwork:
    """The trace of a new network on a batch of random images; the same each time."""
    network = _made(network_class)
    return _observed(network, batch_size, input_shape) if isinstance(network, nn.Module) else network


def layers_of(network_class: Callable[[], nn.Module], input_shape: Shape) -> dict[str, dict[str, Shape]]:
    """`parameters_by_layer` of a new network, after it ran once: lazy layers have no parameters before."""
    network = _made(network_class)
    if not isinstance(network, nn.Module):
        return {}
    _observed(network, 1, input_shape)
    return parameters_by_layer(network)


def parameters_by_layer(network: nn.Module) -> dict[str, dict[str, Shape]]:
    """Shapes of the parameters of its own of every layer that has some, each layer once, the root left out."""
    own = {name: _own_shapes(layer) for name, layer in named_modules(network).items()}
    return {name: shapes for name, shapes in own.items() if name and shapes}


def is_stub(error: str, message: str) -> bool:
    """An exercise's stub raises NotImplementedError; so does PyTorch, where a network has no `forward`."""
    return error == "NotImplementedError" and 'missing the required "forward"' not in message


def _made(network_class: Any) -> nn.Module | Raised | NotANetwork:
    if isinstance(network_class, nn.Module):
        return NotANetwork(type(network_class).__name__, "instance")
    if not callable(network_class):
        return NotANetwork(type(network_class).__name__, "not callable")
    seed_all(SEED)
    try:
        network = network_class()
    except STUDENTS_OWN as error:
        return _raised(error)
    return network if isinstance(network, nn.Module) else NotANetwork(type(network).__name__, "not a module")


def _own_shapes(layer: nn.Module) -> dict[str, Shape]:
    own = {name: tensor for name, tensor in layer._parameters.items() if tensor is not None}
    return {name: tuple(tensor.shape) for name, tensor in own.items() if not is_lazy(tensor)}


def _observed(network: nn.Module, batch_size: int, input_shape: Shape) -> Trace | Raised:
    images = torch.randn(batch_size, *input_shape, generator=torch.Generator().manual_seed(batch_size))
    try:
        return observe(network, images, seed=SEED)
    except SystemExit as error:
        return _raised(error)


def _raised(error: BaseException) -> Raised:
    try:
        message = str(error)
    except Exception:
        message = ""
    return Raised(type(error).__name__, one_line(message))


def one_line(text: str, longest: int = 200) -> str:
    """The text on one line, without what a terminal can't show, and cut where it is long."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text[: 2 * longest]).split())
    return line if len(line) <= longest else f"{line[: longest - 3]}..."


@contextlib.contextmanager
def reproducible() -> Iterator[None]:
    """Seeds, silence and one thread inside; random states and number of threads are as they were afterwards.

    On maps as small as the labs' a second thread saves nothing, and waits where another process has the core.
    """
    threads = torch.get_num_threads()
    try:
        with undisturbed():
            torch.set_num_threads(1)
            seed_all(SEED)
            yield
    finally:
        torch.set_num_threads(threads)
