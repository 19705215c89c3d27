"""Rules on networks that run: each is asked at several batch sizes, of the trace that it has there."""

import contextlib
import functools
import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch

from autograder.checks import subject
from autograder.checks.inputs import Inputs, Normal, Recipes
from autograder.checks.messages import Message, _
from autograder.checks.rules.observed import Asked, NetworkClass, Returned, observed_running
from autograder.checks.rules.rule import Decided, Judging, Rule, require_told
from autograder.checks.rules.telling import faint, not_replayed
from autograder.checks.verdicts import Failed, Passed, Unknown, Verdict, Waiting
from autograder.network import CannotReplay, Trace
from autograder.network.field import Field
from autograder.network.trace import read_trace

IMAGE = (3, 32, 32)
BATCH_SIZES = (1, 2)
Expected = Callable[..., Message]
SEVERAL = _("the rule speaks of one image and one map, and here several tensors are given or asked for")
OTHER_DRAWS = (1, 2, 3, 4)  # of a network's initial weights
CHANCE = _(
    "with the initial weights that were drawn here a part of the network gives the same for any input, with others not"
)
ZEROS = _("parameters that are zero at first, or nearly, keep a part of the network from the output")
WHAT_ZEROS_HIDE = (_("What can be judged at once: layers whose result reaches the output from the start."),)
LEAVES_PYTORCH = _(
    "Values pass through NumPy, `item()` or a list, where no check can follow them: "
    "compute on tensors, from the argument of `forward` to what it returns."
)


@dataclass(frozen=True)
class Seen:
    """A network that ran on a batch of this size and returned what it was asked for.

    `other_draws` give it as it is seen with other initial weights.
    """

    trace: Trace
    batch_size: int
    is_followed: bool
    field: Callable[[int], Field | None]
    other_draws: Callable[[], Iterator["Seen"]] = lambda: iter(())

    def without_zeros(self) -> list["Seen"]:
        """The same with others for the parameters that are zero at first."""
        return [replace(self, trace=read_trace(self.trace, each)) for each in self.trace.reading.without_zeros]

    @property
    def leaves_pytorch(self) -> bool:
        """Whether the output changes with the input, though no operator of PyTorch's leads from one to the other."""
        return not self.is_followed and not self.trace.depends_on_input

    @property
    def gives_nan(self) -> bool:
        return any(bool(torch.isnan(each).any()) for each in self.trace.output_tensors.values())


class NetworkRule(Rule):
    """A rule on a class of networks; `judge_seen` judges one as it was seen at one batch size."""

    def __init__(
        self,
        judge_seen: Judging,
        checked: Message,
        says: Message,
        expected: Expected | None,
        returned: Callable[..., Returned] | None,
        of_one_map: bool,
        by_effects: bool,
    ) -> None:
        self._judge_seen, self._expected, self._returned = judge_seen, expected, returned
        self._of_one_map, self._by_effects = of_one_map, by_effects
        own = list(inspect.signature(judge_seen).parameters.values())[1:]
        first, *others = inspect.signature(self._judge_class).parameters.values()
        last = [each for each in others if each.default is not inspect.Parameter.empty]
        signature = inspect.Signature([first, *own, *last])
        super().__init__(self._judge_class, checked, says, judge_seen.__name__, signature)

    def judge_seen(self, seen: Seen, *arguments: Any, **options: Any) -> Verdict:
        if self._by_effects and seen.trace.reading.is_faint:
            return faint(self.checked)
        return self._judge_seen(seen, *arguments, **options)

    def _judge_class(
        self,
        network_class: NetworkClass,
        *arguments: Any,
        batch_sizes: Sequence[int] = BATCH_SIZES,
        input_shape: tuple[int, ...] = IMAGE,
        inputs: Recipes | None = None,
        outputs: Returned = None,
        **options: Any,
    ) -> Verdict:
        outputs = self._returned(*arguments, **options) if self._returned else outputs
        asked = Asked(Inputs.of(inputs or Normal(input_shape)), outputs)
        if self._of_one_map and asked.are_several:
            return Unknown(self.checked, SEVERAL)

        def expected(batch_size: int) -> Message | None:
            return self._expected(batch_size, *arguments, **options) if self._expected else None

        def judge(seen: Seen) -> Verdict:
            return self.judge_seen(seen, *arguments, **options)

        return judged(network_class, self.checked, judge, batch_sizes, asked, expected)


def network_rule(
    checked: Message,
    says: Message | None = None,
    expected: Expected | None = None,
    returned: Callable[..., Returned] | None = None,
    of_one_map: bool = False,
    by_effects: bool = False,
) -> Callable[[Judging], NetworkRule]:
    """Makes a rule on a class of networks of a function that judges one as it was `Seen` at one batch size.

    It is asked with a batch of images of `input_shape`, or of what the recipe `inputs` draws for each place in a batch:
    one, or several in a list or by the names of arguments. The network is to return a tensor, or what `outputs` says:
    so many tensors, or tensors of these names; where the rule's own arguments say it, `returned` takes it from them.
    `expected`, given the batch size and the rule's own arguments, says what to expect where it does not run; without
    it the rule waits until the network does. What speaks against a network does so even where it is in doubt. A rule
    `of_one_map` could not tell of several inputs or outputs, one `by_effects` of an output that hardly changes.
    """
    says = require_told(checked, says)
    return lambda judge: NetworkRule(judge, checked, says, expected, returned, of_one_map, by_effects)


def judged(
    network_class: NetworkClass,
    checked: Message,
    judge: Callable[[Seen], Verdict],
    batch_sizes: Sequence[int],
    asked: Asked,
    expected: Callable[[int], Message | None],
) -> Verdict:
    """The verdict on a network as it is seen at each batch size, the first that is not passed."""
    verdicts: list[Verdict] = []
    for batch_size in batch_sizes:
        was_right = bool(verdicts) and all(isinstance(each, Passed) for each in verdicts)
        try:
            found = observed_running(network_class, checked, batch_size, asked, expected(batch_size))
        except Decided as decided:
            if verdicts and isinstance(decided.verdict, Waiting):
                continue  # that it runs for some batches only is the matter of another rule
            if was_right and isinstance(decided.verdict, Failed):
                return _only_for_many(decided.verdict, batch_size)
            raise
        other_draws = functools.partial(_other_draws, network_class, batch_size, asked)
        seen = Seen(found.trace, batch_size, found.is_followed, found.field, other_draws)
        verdict = judge(seen)
        if _is_cut_off(seen.trace):
            verdict = _of_one_cut_off(seen, verdict, judge)
        if isinstance(verdict, Unknown) and verdict.by_chance:
            others = (judge(other) for other in seen.other_draws() if other.is_followed)
            verdict = next((each for each in others if isinstance(each, Passed)), verdict)
        if isinstance(verdict, Failed):
            return _only_for_many(verdict, batch_size) if was_right else verdict
        if found.doubt and not found.is_followed:
            verdict = Unknown(checked, found.doubt, (LEAVES_PYTORCH,))
        elif found.doubt:
            verdict = not_replayed(checked, found.doubt)
        verdicts.append(verdict)
    return next((each for each in verdicts if not isinstance(each, Passed)), verdicts[0])


def _is_cut_off(trace: Trace) -> bool:
    with contextlib.suppress(CannotReplay):
        return trace.reading.is_cut_off
    return False


def _other_draws(network_class: NetworkClass, batch_size: int, asked: Asked) -> Iterator[Seen]:
    """The network with other initial weights, where it runs with those."""
    for draw in OTHER_DRAWS:
        found = subject.observe_network(network_class, batch_size, asked.inputs, draw)
        if isinstance(found, subject.Observed) and not found.trace.stopped and asked.is_returned(found.trace):
            yield Seen(found.trace, batch_size, found.is_followed, found.field)


def _of_one_cut_off(seen: Seen, verdict: Verdict, judge: Callable[[Seen], Verdict]) -> Verdict:
    """The verdict on a network of which a part is cut off, perhaps by what nobody chose, or what training changes.

    A ReLU behind a few channels may give zeros alone with some weights: judged is the first draw of them that cuts
    nothing off. Where each does, and they are judged otherwise, it can't be told; nor where it were judged otherwise
    once parameters that are zero at first have become others.
    """
    verdicts = [verdict]
    for other in seen.other_draws():
        with contextlib.suppress(CannotReplay):
            verdicts.append(judge(other))
            if other.is_followed and not _is_cut_off(other.trace):
                return verdicts[-1]
    if isinstance(verdict, Passed | Failed):
        if not all(isinstance(each, type(verdict)) for each in verdicts):
            return Unknown(verdict.checked, CHANCE)
        with contextlib.suppress(CannotReplay):
            if not all(isinstance(judge(each), type(verdict)) for each in seen.without_zeros()):
                return Unknown(verdict.checked, ZEROS, WHAT_ZEROS_HIDE)
    return verdict


def _only_for_many(verdict: Failed, batch_size: int) -> Failed:
    line = _("So it is with {count} images at once; with fewer it is right.", count=batch_size)
    return replace(verdict, why=(*verdict.why, line))
