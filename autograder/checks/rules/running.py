"""Networks that run, or the verdict where they do not."""

from collections.abc import Callable

from torch import nn

from autograder.checks import subject
from autograder.checks.messages import Message, _
from autograder.checks.rules.calls import got_type
from autograder.checks.rules.rule import Decided, unconfirmed
from autograder.checks.rules.stops import got_stop, why_not_made, why_stopped
from autograder.checks.verdicts import Failed, Shown, Unanswered, Verdict, Waiting
from autograder.network import Trace
from autograder.network.replay import same_numbers

IMAGE = (3, 32, 32)
NetworkClass = Callable[[], nn.Module]
NOT_FOLLOWED = _(
    "Values pass through NumPy, `item()` or a list, where no check can follow them: "
    "compute on tensors, from the argument of `forward` to what it returns."
)


def running_trace(
    network_class: NetworkClass,
    checked: Message,
    batch_size: int,
    input_shape: tuple[int, ...],
    expected: Message | None = None,
) -> Trace:
    """The trace of a network that gives a tensor; decided otherwise, with the reason where `expected` is given."""
    trace = made_trace(network_class, checked, batch_size, input_shape, expected)
    if trace.stopped:
        got, why = got_stop(trace.stopped), why_stopped(trace.stopped, batch_size)
        raise _does_not_run(network_class, checked, expected, got, why, trace)
    if trace.returned == "NoneType":
        why = (_("Does `forward` end with `return`?"),)
        raise _does_not_run(network_class, checked, expected, _("but `forward` returned `{kind}`", kind="None"), why)
    if trace.returned:
        got = _("but `forward` returned `{kind}`", kind=trace.returned)
        raise _does_not_run(network_class, checked, expected, got)
    return trace


def leaves_pytorch(
    network_class: NetworkClass, trace: Trace, batch_size: int, input_shape: tuple[int, ...]
) -> bool:
    """Whether the output changes with the input, though no operator of PyTorch's leads from the one to the other."""
    if trace.depends_on_input:
        return False
    other = subject.observe_network(network_class, batch_size, input_shape, sample=1)
    answered = isinstance(other, Trace) and other.output is not None
    return answered and not same_numbers(trace.output_tensor, other.output_tensor)


def made_trace(
    network_class: NetworkClass,
    checked: Message,
    batch_size: int,
    input_shape: tuple[int, ...],
    expected: Message | None = None,
) -> Trace:
    """The trace of a network that can be made, wherever it stops; decided otherwise."""
    name = subject.name_of(network_class)
    found = subject.observe_network(network_class, batch_size, input_shape)
    if isinstance(found, subject.NotANetwork):
        raise Decided(_not_a_network(name, found))
    if isinstance(found, subject.Unconfirmed):
        raise Decided(unconfirmed(checked, expected))
    if isinstance(found, subject.Lost):
        raise _does_not_run(network_class, checked, expected, _("but {lost}", lost=found.told))
    if _is_stub(found):
        raise Decided(Unanswered(name))
    if isinstance(found, subject.Raised):
        got = _("but `{name}()` raised {error}", name=name, error=str(found))
        raise _does_not_run(network_class, checked, expected, got, why_not_made(name, found))
    return found


def _does_not_run(
    network_class: NetworkClass,
    checked: Message,
    expected: Message | None,
    got: Message,
    why: tuple[Shown, ...] = (),
    trace: Trace | None = None,
) -> Decided:
    if expected:
        return Decided(Failed(checked, expected, got, why, trace))
    return Decided(Waiting(checked, subject.name_of(network_class)))


def _is_stub(found: Trace | subject.Raised) -> bool:
    if isinstance(found, subject.Raised):
        return found.is_stub
    return found.stopped is not None and subject.is_stub(found.stopped.error, found.stopped.message)


def _not_a_network(name: str, found: subject.NotANetwork) -> Verdict:
    if found.problem == "instance":
        why = _("`{name}()` is an instance; the check takes the class: `{name}`, without parentheses.", name=name)
        return Failed(f"`{name}`", _("expected the class"), _("got an instance"), (why,))
    if found.problem == "not callable":
        return Failed(_("Answer"), _("expected the class of a network"), got_type(found.kind))
    why = _("A network is a class that begins with `class Name(nn.Module):`.")
    return Failed(f"`{name}()`", _("expected an `nn.Module`"), got_type(found.kind), (why,))
