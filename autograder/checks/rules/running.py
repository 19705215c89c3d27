"""Rules on networks that run: each is asked at several batch sizes, of the trace that it has there."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from torch import nn

from autograder.checks import subject
from autograder.checks.inputs import Drawn, Normal
from autograder.checks.messages import Message, _
from autograder.checks.rules.calls import got_type
from autograder.checks.rules.rule import Decided, Judge, Rule, unconfirmed
from autograder.checks.rules.stops import got_stop, why_not_made, why_returned, why_stopped
from autograder.checks.verdicts import Failed, Passed, Shown, Unanswered, Unknown, Verdict, Waiting
from autograder.network import Trace
from autograder.network.field import Field

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

    trace: Trace
    batch_size: int
    is_followed: bool
    field: Callable[[int], Field | None]

    @property
    def leaves_pytorch(self) -> bool:
        """Whether the output changes with the input, though no operator of PyTorch's leads from one to the other."""
        return not self.is_followed and not self.trace.depends_on_input


class NetworkRule(Rule):
    """A rule on a class of networks; `of` judges one as it was seen at one batch size."""

    def __init__(self, *rule: Any) -> None:
        *rule_itself, self.of = rule
        super().__init__(*rule_itself)


def network_rule(
    checked: Message, says: Message, expected: Expected | None = None
) -> Callable[[Judge], "NetworkRule"]:
    """Makes a rule on a class of networks of a function that judges one as it was `Seen` at one batch size.

    It is asked with a batch of images of `input_shape`, or of what the recipe `inputs` draws for each place in a batch.
    `expected`, given the batch size and the rule's own arguments, says what to expect where it does not run; without
    it the rule waits until the network does. What speaks against a network does so even where it is in doubt.
    """

    def decorate(judge: Judge) -> NetworkRule:
        own = list(inspect.signature(judge).parameters.values())[1:]

        def judge_each(
            network_class: NetworkClass,
            *arguments: Any,
            batch_sizes: Sequence[int] = BATCH_SIZES,
            input_shape: tuple[int, ...] = IMAGE,
            inputs: Drawn | None = None,
            **options: Any,
        ) -> Verdict:
            def wanted(batch_size: int) -> Message | None:
                return expected(batch_size, *arguments, **options) if expected else None

            def judge_seen(seen: Seen) -> Verdict:
                return judge(seen, *arguments, **options)

            return judged(network_class, checked, judge_seen, batch_sizes, inputs or Normal(input_shape), wanted)

        first, *_others = parameters = inspect.signature(judge_each).parameters.values()
        last = [each.replace(kind=first.kind) for each in parameters if each.default is not inspect.Parameter.empty]
        return NetworkRule(judge_each, checked, says, judge.__name__, inspect.Signature([first, *own, *last]), judge)

    return decorate


def judged(
    network_class: NetworkClass,
    checked: Message,
    judge: Callable[[Seen], Verdict],
    batch_sizes: Sequence[int],
    inputs: Drawn,
    expected: Callable[[int], Message | None],
) -> Verdict:
    """The verdict on a network as it is seen at each batch size, the first that is not passed."""
    verdicts: list[Verdict] = []
    for batch_size in batch_sizes:
        try:
            found = observed_running(network_class, checked, batch_size, inputs, expected(batch_size))
        except Decided as decided:
            if verdicts and isinstance(decided.verdict, Waiting):
                continue  # that it runs for some batches only is the matter of another rule
            raise
        verdict = judge(Seen(found.trace, batch_size, found.is_followed, found.field))
        if isinstance(verdict, Failed):
            return _only_for_many(verdict, batch_size) if verdicts else verdict
        if found.doubt:
            verdict = Unknown(checked, found.doubt, () if found.is_followed else (NOT_FOLLOWED,))
        verdicts.append(verdict)
    return next((each for each in verdicts if not isinstance(each, Passed)), verdicts[0])


def _only_for_many(verdict: Failed, batch_size: int) -> Failed:
    line = _("So it is with {count} images at once; with fewer it is right.", count=batch_size)
    return replace(verdict, why=(*verdict.why, line))


def observed_running(
    network_class: NetworkClass,
    checked: Message,
    batch_size: int,
    inputs: Drawn,
    expected: Message | None = None,
) -> subject.Observed:
    """A network that gives a tensor; decided otherwise, with the reason where `expected` is given."""
    observed = observed_made(network_class, checked, batch_size, inputs, expected)
    trace = observed.trace
    if trace.stopped:
        got, why = got_stop(trace.stopped), why_stopped(trace.stopped, batch_size)
        raise _does_not_run(network_class, checked, expected, got, why, trace)
    if trace.returned:
        got = _("but `forward` returned `{kind}`", kind="None" if trace.returned == "NoneType" else trace.returned)
        raise _does_not_run(network_class, checked, expected, got, why_returned(trace.returned))
    return observed


def observed_made(
    network_class: NetworkClass,
    checked: Message,
    batch_size: int,
    inputs: Drawn,
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


def _is_stub(found: subject.Observed | subject.Raised) -> bool:
    if isinstance(found, subject.Raised):
        return found.is_stub
    stopped = found.trace.stopped
    return stopped is not None and subject.is_stub(stopped.error, stopped.message)


def _not_a_network(name: str, found: subject.NotANetwork) -> Verdict:
    if found.problem == "instance":
        why = _("`{name}()` is an instance; the check takes the class: `{name}`, without parentheses.", name=name)
        return Failed(f"`{name}`", _("expected the class"), _("got an instance"), (why,))
    if found.problem == "not callable":
        return Failed(_("Answer"), _("expected the class of a network"), got_type(found.kind))
    why = _("A network is a class that begins with `class Name(nn.Module):`.")
    return Failed(f"`{name}()`", _("expected an `nn.Module`"), got_type(found.kind), (why,))
