"""The rule for the receptive field: how far the pixels lie on which an output value depends."""

from collections.abc import Iterator

from autograder.checks.messages import Message, _, ngettext
from autograder.checks.rules.running import Seen, network_rule
from autograder.checks.rules.sizes import by
from autograder.checks.verdicts import Failed, Passed, Unknown, Verdict
from autograder.network.field import Sight, Stage, growth
from autograder.network.layers import layer_name
from autograder.network.planes import HEIGHT, WIDTH

FIELD = _("Receptive field")
MOST_STAGES = 6
SIMPLER = _("What can be judged at once: convolutions and poolings that reach as far themselves.")


@network_rule(
    FIELD,
    _("An output value depends on pixels of the input that span at least so many by so many."),
    of_one_map=True,
    by_effects=True,
)
def receptive_field(seen: Seen, at_least: int) -> Verdict:
    by_layers = growth(seen.trace, seen.trace.on_the_way)
    found = seen.field(at_least)
    size, needed = found.size if found else (0, 0), by((at_least, at_least))
    layers = by(by_layers.size)
    if min(by_layers.size) >= at_least and min(size) >= at_least:
        return Passed(FIELD, _("{found} pixels, at least {size} are needed", found=by(size), size=needed))
    arithmetic = tuple(_arithmetic(by_layers.stages))
    if min(by_layers.size) >= at_least:
        reason = _("its layers reach {layers}, but the farthest of these pixels hardly change the output",
                   layers=layers)  # fmt: skip
        # With some initial weights, ReLUs on the way to the farthest pixels give zeros alone.
        return Unknown(FIELD, reason, arithmetic, by_chance=True)
    if min(size) >= at_least:
        reason = _("its layers reach {layers}, but pixels as far as {found} change the output",
                   layers=layers, found=by(size))  # fmt: skip
        return Unknown(FIELD, reason, (*arithmetic, SIMPLER))
    height, width = seen.trace.inputs[0].shape[-2:]
    sight = Sight((height, width), at_least, found, by_layers.stages)
    reached = max(by_layers.size, size, key=min)  # a transposed convolution reaches farther than the arithmetic says
    missing, adds = at_least - min(reached), int(2 * min(by_layers.steps)) or 1
    advice = ngettext(
        "{count} more is needed: a larger kernel, dilation, or another 3×3 convolution (at the end it adds {adds}).",
        "{count} more are needed: a larger kernel, dilation, or another 3×3 convolution (at the end it adds {adds}).",
        missing,
        adds=adds,
    )
    expected = _("expected at least {size} pixels", size=needed)
    got = _("got {value}", value=by(reached if found else size))
    return Failed(FIELD, expected, got, (*arithmetic, advice), sight=sight)


def _arithmetic(stages: tuple[Stage, ...]) -> Iterator[Message | str]:
    """Each layer that widens the field: what was seen before, and dilation · (kernel − 1) · steps more."""
    if not stages:
        yield _("No layer on the way to the output has a kernel larger than 1×1.")
    axis = min((HEIGHT, WIDTH), key=lambda axis: stages[-1].after[axis]) if stages else HEIGHT
    for stage in stages[:MOST_STAGES]:
        kernel_size, dilation = stage.window.kernel_size[axis], stage.window.dilation[axis]
        sum_ = f"{stage.before[axis]} + {dilation}·({kernel_size}−1)·{stage.steps[axis]}"
        yield f"{layer_name(stage.window.module)}: {sum_} = {stage.after[axis]}."
