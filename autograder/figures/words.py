"""The words in figures, in every language of the course, and numbers as the reader writes them."""

from collections.abc import Mapping

from autograder.languages import grouped, translations


def _(text: str) -> str:
    """Marks a text for the catalogue, which has it in the other languages."""
    return text


WORDS: Mapping[str, str] = {
    "input": _("input"),
    "output": _("output of the network: {shape}"),
    "no tensor": _("✗ forward returns {kind}, not a tensor"),
    "height": _("height: {formula}"),
    "width": _("width: {formula}"),
    "arrived": _("what enters the layer is {shape}"),
    "predicted": _("predicted {shape} {mark}"),
    "no prediction": _(
        "A prediction is a list with (channels, height, width) or None for each convolution and "
        "pooling; {given} is neither."
    ),
    "stopped": _("✗ the network stopped"),
    "received": _("✗ {layer}: it received a tensor {shape}"),
    "not received": _("✗ {layer}"),
    "scale": _("Front faces are drawn to one scale (height and width of a map), thickness is the number of channels."),
    "mean": _("mean {mean}"),
    "difference": _("difference (absolute)"),
    "inside": _("values inside: {count}\nlargest difference {largest}"),
    "new ring": _("values in the ring: {count}, all new\nmean of the ring {mean}"),
    "total": _("total"),
    "parameters": _("number of parameters"),
    "multiply-adds": _("multiply-adds"),
    "kept": _("activation memory"),
    "millions": _("{number} M"),
    "megabytes": _("{number} MB"),
    "input channels": _("input channels"),
    "output channels": _("output\nchannels"),
    "bias": _("bias"),
    "no groups": _("✗ groups={groups} must divide both numbers of channels: {channels}"),
    "budget": _("budget {budget}"),
    "within budget": _("✓ {total} in all: {difference} left of the budget"),
    "over budget": _("✗ {total} in all: {difference} over the budget"),
    "sum": _("{total} in all"),
    "field asked": _("asked: at least {size} (dashed)"),
    "field found": _("the output depends on {size} (grey)"),
    "nothing is seen": _("no pixel"),
    "field by layers": _("by layers (frames):"),
    "size task": _(
        "Build a network that turns {size} into {output} without any padding: "
        "at most {count} convolutions, kernels of at most {kernel}."
    ),
    "budget task": _(
        "Build a network with output {output}, a value in the middle of which sees at least {field} pixels of the "
        "input, with at most {budget} parameters."
    ),
    "task input": _("input"),
    "task output": _("output"),
    "task convolutions": _("convolutions, at most"),
    "task kernel": _("kernel, at most"),
    "task padding": _("padding"),
    "no padding": _("none"),
    "task field": _("receptive field, at least"),
    "task budget": _("parameters, at most"),
    "task direct": _("direct network (3×3 convolutions only)"),
    "times the budget": _("{total}: {times} times the budget"),
    "up to convolutions": _("≤ {count} convolutions"),
    "windows": _("windows: {count}; pixels that fall into none (✗): {missed}"),
    "no window": _("a window spans {span}, but there is room for {length}: not one fits"),
    "needed": _("needed in a row: {count}"),
}


def words(language: str) -> Mapping[str, str]:
    """The words of a language by what they are for; ValueError for a language that the course has not."""
    told = translations(language).gettext
    return {name: told(text) for name, text in WORDS.items()}


def whole(number: int, language: str) -> str:
    """A whole number with a minus sign, its figures grouped as in the language."""
    return grouped(number, language).replace("-", "−")


def percent(part: int, total: int) -> str:
    """A share in whole per cent."""
    return "<1%" if 0 < part < total / 100 else f"{part / max(total, 1):.0%}"


def real(number: float) -> str:
    """Four significant figures, with a decimal point, as the cells of the notebook print them."""
    return f"{number:.4g}".replace("-", "−")


def by(shape: tuple[int, ...]) -> str:
    """A shape as the course writes it: `64×16×16`."""
    return "×".join(map(str, shape))


def shortened(name: str, longest: int) -> str:
    """The end of a qualified name that is too long, which tells layers apart."""
    return name if len(name) <= longest else "…" + name[1 - longest :]
