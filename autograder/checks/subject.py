"""Every touch of what a student wrote: calling it, making a network of it, observing that network.

In a student's notebook it is done here; in the examiner a handle stands for the object, and its process is asked.
"""

import contextlib
import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn.parameter import is_lazy

from autograder import coding
from autograder.checks.handles import Found, Handle, Missing
from autograder.checks.inputs import Drawn, Inputs, generator
from autograder.checks.losses import Lost
from autograder.checks.messages import Message, _, one_line
from autograder.checks.plain_data import Opaque, Plain, WithTensors, plain, with_tensors
from autograder.checks.raised import Raised
from autograder.checks.seeds import FIXED
from autograder.network import CannotReplay, NotEvidence, Recipe, Trace, observe
from autograder.network.evidence import confirmed
from autograder.network.field import Field, field_of
from autograder.network.modules import named_modules
from autograder.network.replaying import Given
from autograder.network.trace import read_trace
from autograder.network.undisturbed import seed_all, undisturbed

Shape = tuple[int, ...]
Call = tuple[tuple[Any, ...], dict[str, Any]]  # positional and named arguments
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


def call(function: Any, *arguments: Any, **options: Any) -> Plain | Raised | Lost:
    """What the function returns, as plain data; a recipe among the arguments reaches it as the network it names."""
    return call_each(function, [(arguments, options)])[0]


def call_each(function: Any, calls: Sequence[Call]) -> list[Plain | Raised | Lost]:
    """What the function returns for each of the arguments and options, up to the first call that fails."""
    found = _call_each(function, list(calls))
    if isinstance(found, Lost | Raised):
        return [found]
    answered = len(found) == len(calls) or (found and len(found) < len(calls) and isinstance(found[-1], Raised))
    return found if answered else [function.distrust()]


@question(list, Raised)
def _call_each(function: Any, calls: list[Call]) -> list[Plain | Raised]:
    found: list[Plain | Raised] = []
    for arguments, options in calls:
        try:
            found.append(plain(function(*built(arguments), **options)))
        except STUDENTS_OWN as error:
            found.append(_raised(error))
            break
    return found


def call_on_tensors(function: Any, *arguments: Any, **options: Any) -> WithTensors | Raised | Lost:
    """What the function returns, as `call` tells it, but with its tensors whole."""
    found = _call_on_tensors(function, arguments, options)
    if isinstance(found, Raised | Lost):
        return found
    return with_tensors(found[0]) if len(found) == 1 else function.distrust()


@question(list, Raised)
def _call_on_tensors(function: Any, arguments: tuple[Any, ...], options: dict[str, Any]) -> list[WithTensors] | Raised:
    try:
        return [with_tensors(function(*built(arguments), **options))]
    except STUDENTS_OWN as error:
        return _raised(error)


def ask_for_rule(
    rule: str, question: Callable[..., Any], value: Any, arguments: tuple[Any, ...], options: dict[str, Any]
) -> WithTensors | Raised | Lost:
    """What a question of a lab's own `rule` finds of an answer; a handle's process finds the question by the rule."""
    if isinstance(value, Handle):
        found = value.ask(LAB_QUESTION, rule, arguments, options)
        return found if isinstance(found, Raised | Lost) else with_tensors(found)
    with reproducible():
        return answer_to(question, value, arguments, options)


def answer_to(
    question: Callable[..., Any], value: Any, arguments: tuple[Any, ...], options: dict[str, Any]
) -> WithTensors | Raised:
    """What a question of a lab's own finds of an object that is here."""
    try:
        return with_tensors(question(value, *built(arguments), **options))
    except STUDENTS_OWN as error:
        return _raised(error)


def built(arguments: Sequence[Any]) -> list[Any]:
    """The arguments of a call, with the networks that recipes among them name."""
    return [each.build() if isinstance(each, Recipe) else each for each in arguments]


def drawn_for(answer: Any, inputs: Sequence[Drawn]) -> tuple[torch.Tensor, ...]:
    """The tensors of these recipes, each another: the same each time for one submission, and other ones for another."""
    source, dtype = generator(seed_of(answer), "inputs"), dtype_of(answer)
    return tuple(recipe.draw(source, dtype) for recipe in inputs)


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
LAB_QUESTION = "lab_question"  # the request for what a rule of the lab's own asks


def parameters_by_layer(network: nn.Module) -> dict[str, dict[str, Shape]]:
    """Shapes of the parameters of its own of every layer that has some, each layer once, the root left out."""
    own = {name: own_shapes(layer) for name, layer in named_modules(network).items()}
    return {name: shapes for name, shapes in own.items() if name and shapes}


def _made(network_class: Any, draw: int = 0) -> nn.Module | Raised | NotANetwork:
    if isinstance(network_class, nn.Module):
        return NotANetwork(type(network_class).__name__, "instance")
    if not callable(network_class):
        return NotANetwork(type(network_class).__name__, "not callable")
    seed_all(SEED + draw)
    try:
        network = network_class()
    except STUDENTS_OWN as error:
        return _raised(error)
    return network if isinstance(network, nn.Module) else NotANetwork(type(network).__name__, "not a module")


def own_shapes(layer: nn.Module) -> dict[str, Shape]:
    """Shapes of the parameters that the layer itself has, by name."""
    own = {name: tensor for name, tensor in layer._parameters.items() if tensor is not None}
    return {name: tuple(tensor.shape) for name, tensor in own.items() if not is_lazy(tensor)}


def _observed(network: nn.Module, inputs: Given, others: Given) -> Trace | Raised:
    try:
        return observe(network, inputs, SEED, others)
    except SystemExit as error:
        return _raised(error)


def _raised(error: BaseException) -> Raised:
    try:
        message = str(error)
    except Exception:
        message = ""
    return Raised(one_line(type(error).__name__), one_line(message))


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
