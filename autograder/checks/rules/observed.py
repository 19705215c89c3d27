"""A network as a rule asks for it: one that can be made, and that runs; or the verdict where it does not."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from torch import nn

from autograder.checks import subject
from autograder.checks.inputs import Inputs
from autograder.checks.messages import Message, _
from autograder.checks.raised import Raised, is_stub
from autograder.checks.rules.calls import got_type
from autograder.checks.rules.rule import Decided, unconfirmed
from autograder.checks.rules.stops import got_returned, got_stop, why_not_made, why_stopped
from autograder.checks.verdicts import Failed, Shown, Unanswered, Verdict, Waiting
from autograder.network import Trace

NetworkClass = Callable[[], nn.Module]
Returned = int | Collection[str] | None  # so many tensors, or tensors of these names; None is a tensor alone


@dataclass(frozen=True)
class Asked:
    """What a network is given, and what it is to return."""

    inputs: Inputs
    outputs: Returned = None

    @property
    def are_several(self) -> bool:
        return len(self.inputs.recipes) > 1 or self.outputs is not None

    def is_returned(self, trace: Trace) -> bool:
        if self.outputs is None:
            return trace.returned is None
        if isinstance(self.outputs, int):
            return len(trace.outputs) == self.outputs
        return {each.name for each in trace.outputs} == set(self.outputs)


def observed_running(
    network_class: NetworkClass,
    checked: Message,
    batch_size: int,
    asked: Asked,
    expected: Message | None = None,
) -> subject.Observed:
    """A network that returns what it is asked for; decided otherwise, with the reason where `expected` is given."""
    observed = observed_made(network_class, checked, batch_size, asked.inputs, expected)
    trace = observed.trace
    if trace.stopped:
        got, why = got_stop(trace.stopped), why_stopped(trace.stopped, batch_size)
        raise _does_not_run(network_class, checked, expected, got, why, trace, asked.outputs is not None)
    if not asked.is_returned(trace):
        got, why = got_returned(trace, asked.outputs)
        raise _does_not_run(network_class, checked, expected, got, why, several=asked.outputs is not None)
    return observed


def observed_made(
    network_class: NetworkClass,
    checked: Message,
    batch_size: int,
    inputs: Inputs,
    expected: Message | None = None,
) -> subject.Observed:
    """A network that can be made, wherever it stops; decided otherwise."""
    name = subject.name_of(network_class)
    found = subject.observe_network(network_class, batch_size, inputs)
    if isinstance(found, subject.NotANetwork):
        raise Decided(_not_a_network(name, found))
    if isinstance(found, subject.Unconfirmed):
        raise Decided(unconfirmed(checked, expected))
    if isinstance(found, subject.Lost):
        raise _does_not_run(network_class, checked, expected, _("but {lost}", lost=found.told))
    if _is_stub(found):
        raise Decided(Unanswered(name))
    if isinstance(found, Raised):
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
    several: bool = False,
) -> Decided:
    if expected:
        return Decided(Failed(checked, expected, got, why, trace))
    return Decided(Waiting(checked, subject.name_of(network_class), several))


def _is_stub(found: subject.Observed | Raised) -> bool:
    if isinstance(found, Raised):
        return found.is_stub
    stopped = found.trace.stopped
    return stopped is not None and is_stub(stopped.error, stopped.message)


def _not_a_network(name: str, found: subject.NotANetwork) -> Verdict:
    if found.problem == "instance":
        why = _("`{name}()` is an instance; the check takes the class: `{name}`, without parentheses.", name=name)
        if hasattr(nn, name):  # as `Net = nn.Sequential(...)`: there is no class of the student's own
            why = _("This network is made already, and the check makes it itself: write a `class Name(nn.Module):`.")
        return Failed(f"`{name}`", _("expected the class"), _("got an instance"), (why,))
    if found.problem == "not callable":
        return Failed(_("Answer"), _("expected the class of a network"), got_type(found.kind))
    why = _("A network is a class that begins with `class Name(nn.Module):`.")
    return Failed(f"`{name}()`", _("expected an `nn.Module`"), got_type(found.kind), (why,))
