"""Every touch of what a student wrote: asking about it, making a network of it, observing that network.

In a student's notebook it is done here; in the examiner a handle stands for the object, and its process is asked.
"""

import contextlib
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from autograder import coding
from autograder.checks.handles import Found, Handle, Missing
from autograder.checks.inputs import Inputs, generator
from autograder.checks.losses import Lost
from autograder.checks.messages import Message, _
from autograder.checks.plain_data import Opaque, Plain, plain
from autograder.checks.raised import Raised
from autograder.checks.seeds import FIXED
from autograder.network import CannotReplay, NotEvidence, Trace, observe
from autograder.network.evidence import confirmed
from autograder.network.field import Field, field_of
from autograder.network.replaying import Given
from autograder.network.trace import read_trace
from autograder.network.undisturbed import seed_all, undisturbed

SEED = 61_403  # unlike any that a notebook sets, or new weights would equal the given ones
DTYPES = {
    "float32": torch.float32, "float64": torch.float64, "bfloat16": torch.bfloat16, "float16": torch.float16,
}  # fmt: skip
STUDENTS_OWN = (Exception, SystemExit)  # KeyboardInterrupt is the student who stops the check


@dataclass(frozen=True)
class NotANetwork:
    """What stands where the class of a network should; `kind` is its type, or the type of what it made."""

    kind: str
    problem: str  # "instance", "not callable" or "not a module"


@dataclass(frozen=True)
class Unconfirmed:
    """A network whose operators, executed again on the same input, do not give the output that it gave."""


NOT_FOLLOWED = _("on other images, and while nothing records it, the network does something else")


@dataclass(frozen=True)
class Observed:
    """What was recorded of a network; where there is a `doubt`, only a verdict against the network can rest on it.

    `field` tells, by replays that are done when it is called, how far a value of its output sees: whether far enough.
    """

    trace: Trace
    doubt: Message | str | None
    field: Callable[[int], Field | None]

    @property
    def is_followed(self) -> bool:
        """Whether the recorded operators are all that the network does."""
        return self.doubt is not NOT_FOLLOWED


for _record in (NotANetwork, Opaque, Found, Missing):
    coding.may_cross(_record)

QUESTIONS: dict[str, Callable[..., Any]] = {}


def question(*answers: type) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorates a function of an object of the student's: where there is a handle instead, its process is asked.

    `answers` are the types that it may answer with; a process may also be `Lost`.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        QUESTIONS[function.__name__] = function

        @functools.wraps(function)
        def asked(value: Any, *arguments: Any) -> Any:
            if isinstance(value, Handle):
                found = value.ask(function.__name__, *arguments)
                return found if isinstance(found, (*answers, Lost)) else value.distrust()
            with reproducible():
                return function(value, *arguments)

        return asked

    return decorate


def name_of(value: Any) -> str:
    """The name of a function or class; of an instance, the name of its class."""
    if isinstance(value, Handle):
        return value.found.name
    name = getattr(value, "__name__", None)
    return name if isinstance(name, str) else type(value).__name__


def kind_of(value: Any) -> str:
    """The name of the value's type."""
    return value.found.kind if isinstance(value, Handle) else type(value).__name__


def is_callable(value: Any) -> bool:
    return value.found.is_callable if isinstance(value, Handle) else callable(value)


def seed_of(value: Any) -> int:
    """From which it is drawn what is asked of the value."""
    return value.seed if isinstance(value, Handle) else FIXED


def dtype_of(value: Any) -> torch.dtype:
    """The default dtype where the value lives; float32 where that is none that a check can ask in."""
    name = value.once("dtype", lambda: _default_dtype(value)) if isinstance(value, Handle) else _default_dtype(value)
    return DTYPES.get(name, torch.float32) if type(name) is str else torch.float32


@question(str)
def _default_dtype(_value: Any) -> str:
    return str(torch.get_default_dtype()).removeprefix("torch.")


def value_of(value: Any) -> Plain:
    """A variable of the student's as plain data."""
    if isinstance(value, Handle):
        return Opaque(value.found.kind)
    try:
        return plain(value)
    except STUDENTS_OWN:
        return Opaque(type(value).__name__)


def observe_network(
    network_class: Callable[[], nn.Module], batch_size: int, inputs: Inputs, draw: int = 0
) -> Observed | Raised | NotANetwork | Lost | Unconfirmed:
    """A new network on a random batch, the same each time, and once unwatched on another.

    With another `draw` its initial weights are others, as far as the network leaves them to chance.
    """
    if isinstance(network_class, Handle):
        return network_class.once((batch_size, inputs, draw), lambda: _seen(network_class, batch_size, inputs, draw))
    return _seen(network_class, batch_size, inputs, draw)


def _seen(
    network_class: Any, batch_size: int, inputs: Inputs, draw: int
) -> Observed | Raised | NotANetwork | Lost | Unconfirmed:
    source = generator(seed_of(network_class), "images", batch_size)
    given, others = inputs.draw_twice(source, dtype_of(network_class), batch_size)
    found = _observe_drawn(network_class, given, others, draw) if draw else _observe_new(network_class, given, others)
    if not isinstance(found, Trace):
        return found
    is_handle = isinstance(network_class, Handle)
    confirm, see = (network_class.confirmed, network_class.field_of) if is_handle else (confirmed, field_of)
    doubt: Message | str | None = None
    try:
        trace = confirm(found, given, others)
        if not trace.reading.is_followed:
            doubt = NOT_FOLLOWED
    except NotEvidence:
        return Unconfirmed()
    except CannotReplay as error:
        trace, doubt = read_trace(found, error), str(error)
    field = functools.cache(lambda enough: see(found, others, enough, sorted(trace.on_the_way)))
    return Observed(trace, doubt, field)


@question(Trace, Raised, NotANetwork)
def _observe_new(network_class: Any, inputs: Given, others: Given) -> Trace | Raised | NotANetwork:
    return _observed_new(network_class, inputs, others, draw=0)


@question(Trace, Raised, NotANetwork)
def _observe_drawn(network_class: Any, inputs: Given, others: Given, draw: int) -> Trace | Raised | NotANetwork:
    return _observed_new(network_class, inputs, others, draw)


def _observed_new(network_class: Any, inputs: Given, others: Given, draw: int) -> Trace | Raised | NotANetwork:
    network = _made(network_class, draw)
    return _observed(network, inputs, others) if isinstance(network, nn.Module) else network


OBSERVE = _observe_new.__name__  # the question whose answer is confirmed by the replayer


def _made(network_class: Any, draw: int) -> nn.Module | Raised | NotANetwork:
    if isinstance(network_class, nn.Module):
        return NotANetwork(type(network_class).__name__, "instance")
    if not callable(network_class):
        return NotANetwork(type(network_class).__name__, "not callable")
    seed_all(SEED + draw)
    try:
        network = network_class()
    except STUDENTS_OWN as error:
        return Raised.by(error)
    return network if isinstance(network, nn.Module) else NotANetwork(type(network).__name__, "not a module")


def _observed(network: nn.Module, inputs: Given, others: Given) -> Trace | Raised:
    try:
        return observe(network, inputs, SEED, others)
    except SystemExit as error:
        return Raised.by(error)


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
