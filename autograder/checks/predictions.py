"""What a student predicted, beside what the cell then found: unmarked, and never an error."""

import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from autograder.checks.messages import Message, _, in_language
from autograder.checks.plain_data import Opaque, Plain, described, is_number, plain
from autograder.checks.rules.counting import module_sums
from autograder.checks.rules.sizes import by, why_area
from autograder.checks.verdicts import Shown
from autograder.network import observe

PREDICTION = _("Prediction")
RIGHT = _("{asked}: {fact}, as you said.")
NEAR = _("{asked}: you said {guess}, it is {fact}: near enough.")
WRONG = _("{asked}: you said {guess}, it is {fact}.")
EMPTY = _("No prediction; it is {fact}.")
EMPTY_OF_SEVERAL = _("{asked}: it is {fact}.")
IN_DOUBT = _(
    "{asked}: not compared. `{name}`, which this cell counts with, fails its check: correct it, then run both."
)
STRANGE = _("{asked}: you said {guess}, but {form} was asked for; it is {fact}.")
ROUNDED = 0.005  # as a share: a fraction is predicted to two or three figures
LATIN = str.maketrans("АВСЕКМНОРТХ", "ABCEKMHOPTX")  # a choice typed on a Russian keyboard looks the same


@dataclass(frozen=True)
class Told:
    """A prediction set beside the fact: a mark, a line, and lines that say why."""

    mark: str
    line: Message
    why: tuple[Shown, ...] = ()

    def text(self, language: str) -> str:
        return f"{self.mark} " + "\n  ".join(in_language(line, language) for line in (self.line, *self.why))


def predictions(
    guess: Any,
    fact: Any,
    asked: Shown = PREDICTION,
    among: Sequence[str] = (),
    within: float = 0.0,
    why: Shown | Mapping[Any, Shown] = "",
) -> Iterator[Told]:
    """A guess beside a number, shape, truth or choice; or for a mapping each of its guesses beside its own fact."""
    facts = fact if isinstance(fact, Mapping) else {asked: fact}
    has_names = isinstance(guess, Mapping) and facts is fact
    guesses = guess if has_names else dict.fromkeys(facts, None if facts is fact else guess)
    reasons = why if isinstance(why, Mapping) else dict.fromkeys(facts, why)
    for each, found in facts.items():
        reason = (reasons[each],) if reasons.get(each) else ()
        name = each if isinstance(each, Message) else str(each)
        yield prediction(guesses.get(each), found, among, within, reason, name)


def in_doubt(name: str, asked: Shown = PREDICTION) -> Told:
    """No fact was found to compare with, as the answer `name`, which was to find it, is wrong."""
    return Told("–", IN_DOUBT.filled(asked=asked, name=name))


def size_prediction(guess: Any, network: nn.Module, input: torch.Tensor, asked: Shown = PREDICTION) -> Told:
    """A guess beside the size that comes out of the network: (height, width), or with channels before them."""
    trace = observe(_with_layers(network), input)
    if trace.output_shape is None:
        stop = f"{trace.stopped.error}: {trace.stopped.message}" if trace.stopped else trace.returned
        fact = _("an error, {error}", error=stop)
        return Told("–", WRONG.filled(asked=asked, guess=_told(plain(guess)), fact=fact))
    given = _axes(plain(guess))
    axes = len(given) if 2 <= len(given) <= len(trace.output_shape) else 2
    size = trace.output_shape[-axes:]
    wanted = _shape(plain(guess), size) or ()
    why = tuple(why_area(trace, tuple(int(side) for side in wanted[-2:] if is_number(side))))
    return prediction(guess, size, why=why, asked=asked)


def _with_layers(network: nn.Module) -> nn.Module:
    """The network, or a lone layer as a network of one: its arithmetic then stands under the name of its class."""
    if any(True for _child in network.children()):
        return network
    return nn.Sequential(OrderedDict({type(network).__name__: network}))


def parameters_prediction(guess: Any, network: nn.Module, asked: Shown = PREDICTION) -> Told:
    """A guess beside the number of the network's parameters, each once."""
    return prediction(guess, sum(each.numel() for each in network.parameters()), why=module_sums(network), asked=asked)


def prediction(
    guess: Any,
    fact: Any,
    among: Sequence[str] = (),
    within: float = 0.0,
    why: tuple[Shown, ...] = (),
    asked: Shown = PREDICTION,
) -> Told:
    """One guess beside one fact; a number within `within` of it is near enough, `why` is told of a wrong one."""
    found, given = plain(fact), plain(guess)
    read = None if _is_empty(given) else _read(given, found, among)
    told: dict[str, Any] = {"asked": asked, "fact": _told(found), "guess": _told(given if read is None else read)}
    if _is_empty(given):
        empty = EMPTY if asked is PREDICTION else EMPTY_OF_SEVERAL
        return Told("–", empty.filled(asked=asked, fact=told["fact"]))
    if read is None:
        return Told("–", STRANGE.filled(**told, form=_form(found, among)))
    if read == found:
        return Told("✓", RIGHT.filled(asked=asked, fact=told["fact"]))
    if is_number(found) and abs(read - found) <= max(within, ROUNDED * abs(found) if type(found) is float else 0):
        return Told("✓", NEAR.filled(**told))
    return Told("✗", WRONG.filled(**told), why)


def _is_empty(given: Plain) -> bool:
    if isinstance(given, tuple | list):
        return any(map(_is_empty, given)) or not given
    return given is None or given == Opaque("ellipsis") or (type(given) is str and given.strip(" .…_?") == "")


def _read(given: Plain, found: Plain, among: Sequence[str]) -> Any:
    """The guess in the form of the fact; None where it has another."""
    if type(found) is bool:
        return given if type(given) is bool else None
    if is_number(found):
        return _number(given)
    if isinstance(found, tuple | list):
        shape = _shape(given, tuple(found))
        return list(shape) if shape and isinstance(found, list) else shape
    choices = {_choice(each): each for each in (*among, found)}
    return choices.get(_choice(given), None if among else given)


def _number(given: Plain) -> int | float | None:
    if is_number(given):
        return given
    text = given.strip().replace(",", ".").replace("−", "-") if type(given) is str else ""
    return float(text) if re.fullmatch(r"[-+]?\d+(\.\d+)?", text) else None


def _shape(given: Plain, fact: tuple[int, ...] | tuple[Plain, ...]) -> tuple[Plain, ...] | None:
    """The guess as a shape of as many axes; the side alone is enough for a square."""
    axes = (given, given) if is_number(given) and len(fact) == 2 else _axes(given)
    return axes if len(axes) == len(fact) else None


def _axes(given: Plain) -> tuple[Plain, ...]:
    """The parts of a tuple or list, or the whole numbers in a text such as `3×5`."""
    if type(given) is str:
        return tuple(map(int, re.findall(r"\d+", given)))
    return tuple(given) if isinstance(given, tuple | list) else ()


def _choice(given: Plain) -> str:
    return str(given).strip().upper().translate(LATIN)


def _form(found: Plain, among: Sequence[str]) -> Message:
    if among:
        return _("one of {choices}", choices=tuple(among))
    if type(found) is bool:
        return _("True or False")
    if isinstance(found, tuple | list):
        example = ", ".join("…" * len(found))
        return _("a shape of {axes} numbers, as in ({example})", axes=len(found), example=example)
    return _("a number")


def _told(value: Plain) -> Shown | int:
    if isinstance(value, list):
        return f"[{', '.join(map(described, value))}]"
    if isinstance(value, tuple):
        numbers = [part for part in value if type(part) is int]
        return by(numbers) if len(numbers) == len(value) else described(value)
    if type(value) is float:
        return f"{value:.4g}"
    return value if type(value) is int or type(value) is str else described(value)
