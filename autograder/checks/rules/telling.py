"""What is said where a check could not tell: both readings, that a person will look, and what can be judged."""

from collections.abc import Iterator

from autograder.checks.messages import Message, _
from autograder.checks.rules.sizes import by
from autograder.checks.verdicts import Shown, Unknown
from autograder.network import Doubt, SizeBreak, Trace
from autograder.network.layers import layer_name


def not_told(checked: Message, trace: Trace) -> Unknown:
    """The verdict on a network in which a map's way is in doubt."""
    doubt = trace.doubts[0] if trace.doubts else None
    if doubt is None:
        return Unknown(checked, _("what lies around the map at a convolution is not known"), why_not_told())
    return Unknown(checked, _read_by_operators(doubt), (*_seen_in_replays(doubt), *why_not_told()))


def not_replayed(checked: Message, reason: Message | str) -> Unknown:
    """The verdict on a network that can't be executed again here; a reason in PyTorch's words, or ours to them."""
    if isinstance(reason, Message):
        return Unknown(checked, reason)
    return Unknown(checked, _("what the network executes can't be executed again here"), (reason, *why_not_told()))


def faint(checked: Message) -> Unknown:
    """The verdict on a network whose output hardly changes with its input."""
    return Unknown(
        checked,
        _("the output changes with the input by less than the check tells apart"),
        (_("That is often so with many layers, or a factor near zero. What can be judged at once: fewer layers."),),
    )


def why_not_told() -> tuple[Shown, ...]:
    return (_("What can be judged at once: maps that pass through PyTorch's convolutions and poolings alone."),)


def where_it_arrived(found: SizeBreak) -> Shown:
    return _("the output") if found.operator == "output" else layer_name(found.module)


def _read_by_operators(doubt: Doubt) -> Message:
    if doubt.cause:
        return _(
            "it is not known what `{operator}` does with pixels on the way to {place}",
            operator=doubt.cause,
            place=where_it_arrived(doubt),
        )
    return _("by its operators, each pixel of the map has its place at {place}", place=where_it_arrived(doubt))


def _seen_in_replays(doubt: Doubt) -> Iterator[Message]:
    if not doubt.cause:
        yield _("When single pixels are changed, others change more at {place}.", place=where_it_arrived(doubt))
    else:
        left, entered = by(doubt.left), by(doubt.entered)
        yield _("When it runs, a map of {left} goes in and {entered} comes out.", left=left, entered=entered)
