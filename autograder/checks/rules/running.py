"""Rules on networks that run: each is asked at several batch sizes, of the trace that it has there."""

import functools
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from torch import nn

from autograder.checks import subject
from autograder.checks.messages import Message, _
from autograder.checks.rules.calls import got_type
from autograder.checks.rules.rule import Decided, Judge, Rule, unconfirmed
from autograder.checks.rules.stops import got_stop, why_not_made, why_stopped
from autograder.checks.verdicts import Failed, Passed, Shown, Unanswered, Unknown, Verdict, Waiting
from autograder.network import Trace
from autograder.network.parameters import numbers_from_outside
from autograder.network.replay import same_numbers

IMAGE = (3, 32, 32)
BATCH_SIZES = (1, 2)
NetworkClass = Callable[[], nn.Module]
Expected = Callable[..., Message]
NOT_FOLLOWED = _(
    "Values pass through NumPy, `item()` or a list, where no check can follow them: "
    "compute on tensors, from the argument of `forward` to what it returns."
)


@dataclass(frozen=True)
class Seen:
    """A network that ran on so many images and gave a tensor."""

    network_class: NetworkClass
    trace: Trace
    batch_size: int
    input_shape: tuple[int, ...]

    @functools.cached_property
    def _on_other_images(self) -> Trace | None:
        other = subject.observe_network(self.network_class, self.batch_size, self.input_shape, sample=1)
        return other if isinstance(other, Trace) and other.output is not None else None

    @property
    def leaves_pytorch(self) -> bool:
        """Whether the output changes with the input, though no operator of PyTorch's leads from one to the other."""
        if self.trace.depends_on_input or self._on_other_images is None:
            return False
        one, other = self.trace.output_tensor, self._on_other_images.output_tensor
        return one is not None and other is not None and not same_numbers(one, other)

    @property
    def has_a_branch_out_of_sight(self) -> bool:
        """Whether what is read from outside changes with the input: by NumPy, a thread, or what was kept of a run."""
        numbers = numbers_from_outside(self.trace)
        if not numbers or self._on_other_images is None:  # what is not read at all can't change
            return False
        return set(numbers) != set(numbers_from_outside(self._on_other_images))


def network_rule(
    checked: Message, says: Message, expected: Expected | None = None, by_record: bool = False
) -> Callable[[Judge], Rule]:
    """Makes a rule on a class of networks of a function that judges one as it was `Seen` at one batch size.

    `expected`, given the batch size and the rule's own arguments, says what to expect where it does not run; without
    it the rule waits until the network does. What fails `by_record` is wrong even where no replay confirms it.
    """

    def decorate(judge: Callable[..., Verdict]) -> Rule:
        own = list(inspect.signature(judge).parameters.values())[1:]

        def judge_each(
            network_class: NetworkClass,
            *arguments: Any,
            batch_sizes: Sequence[int] = BATCH_SIZES,
            input_shape: tuple[int, ...] = IMAGE,
            **options: Any,
        ) -> Verdict:
            verdicts: list[Verdict] = []
            for batch_size in batch_sizes:
                wanted = expected(batch_size, *arguments, **options) if expected else None
                unjudged = None
                try:
                    trace = running_trace(network_class, checked, batch_size, input_shape, wanted)
                except subject.Unjudged as error:
                    if not by_record or error.recorded is None:
                        raise
                    trace, unjudged = error.recorded, error
                except Decided as decided:
                    if verdicts and isinstance(decided.verdict, Waiting):
                        continue  # that it runs for some batches only is the matter of another rule
                    raise
                verdict = judge(Seen(network_class, trace, batch_size, input_shape), *arguments, **options)
                if isinstance(verdict, Failed):
                    return _only_for_many(verdict, batch_size) if verdicts else verdict
                if unjudged:
                    raise unjudged
                verdicts.append(verdict)
            return next((each for each in verdicts if not isinstance(each, Passed)), verdicts[0])

        first, *_others = parameters = inspect.signature(judge_each).parameters.values()
        last = [each.replace(kind=first.kind) for each in parameters if each.default is not inspect.Parameter.empty]
        return Rule(judge_each, checked, says, judge.__name__, inspect.Signature([first, *own, *last]))

    return decorate


def _only_for_many(verdict: Failed, batch_size: int) -> Failed:
    line = _("So it is with {count} images at once; with fewer it is right.", count=batch_size)
    return replace(verdict, why=(*verdict.why, line))


def out_of_sight(checked: Message) -> Unknown:
    """The verdict on a network of which something does not pass through PyTorch's operators."""
    return Unknown(
        checked,
        _("tensors that the network reads from outside change with its input"),
        (NOT_FOLLOWED,),
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
