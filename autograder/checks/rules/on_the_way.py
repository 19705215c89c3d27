"""Rules for the convolutions on the way from input to output."""

from fractions import Fraction
from math import ceil

from autograder.checks.messages import Message, _, ngettext
from autograder.checks.rules.running import LEAVES_PYTORCH, Seen, network_rule
from autograder.checks.rules.sizes import by
from autograder.checks.rules.telling import not_told, why_not_told
from autograder.checks.verdicts import Failed, Passed, Shown, Unknown, Verdict
from autograder.network import Convolution, Padding, Trace
from autograder.network.layers import Window, layer_name, windows
from autograder.network.planes import NO_PADDING

COUNT = _("Convolutions on the way from input to output")
UNPADDED = _("Convolution without padding")
PADDED = _("Convolution with padding")
KERNELS = _("Kernels")
NOT_PADDED = _("Padding")
POINTWISE = _("1×1 convolution that reduces the channels")
MOST_OFF_THE_WAY = 3


@network_rule(
    COUNT,
    _("So many convolutions lie on the way from input to output; a layer used twice counts twice."),
    by_effects=True,
)
def convolutions(seen: Seen, at_least: int = 1, at_most: int = 3) -> Verdict:
    found, mixing = seen.trace.convolutions, seen.trace.reading.mixing
    names = tuple(layer_name(each.module) for each in found)
    maps = [each.input_shape[0] for each in found]
    most = ceil(Fraction(sum(maps), seen.batch_size))  # for each image
    count = ceil(Fraction(sum(min(each, seen.batch_size) for each in maps), seen.batch_size))
    if count <= at_most:
        if mixing:
            return Unknown(COUNT, _("`{operator}` may stand for convolutions", operator=mixing), why_not_told())
        if most > at_most:
            between = _("{count} by calls, {most} by the maps that entered them", count=count, most=most)
            return Unknown(COUNT, between, (_("What can be judged at once: maps that are not stacked as images."),))
        if count >= at_least:
            return Passed(COUNT, _("{count} ({names})", count=count, names=names))
    expected = _("expected {at_least} to {at_most}", at_least=at_least, at_most=at_most)
    if not found:
        return Failed(COUNT, expected, _("found none"), _why_none(seen))
    got = ngettext("got {count} convolution: {names}", "got {count} convolutions: {names}", count, names=names)
    return Failed(COUNT, expected, got)


@network_rule(
    UNPADDED,
    _("A convolution on the way has a kernel larger than 1×1 and sees no padding."),
    of_one_map=True,
    by_effects=True,
)
def unpadded_convolution(seen: Seen) -> Verdict:
    found = _larger_than_a_pixel(seen.trace)
    for each in found:
        if each.sees_no_padding:
            return Passed(UNPADDED, _name_and_kernel(each))
    if any(each.seen_padding is None for each in found):
        return not_told(UNPADDED, seen.trace)
    expected = _("expected one with a kernel larger than 1×1 that sees no padding")
    return Failed(UNPADDED, expected, _("got none"), _what_they_saw(seen))


@network_rule(
    PADDED,
    _("Every convolution larger than 1×1 on the way sees padding, and one of them so much on all four sides."),
    of_one_map=True,
    by_effects=True,
)
def padded_convolution(seen: Seen, padding: int = 1) -> Verdict:
    found = _larger_than_a_pixel(seen.trace)
    unpadded = [each for each in found if each.sees_no_padding]
    if unpadded:
        expected = _("expected padding at every convolution larger than 1×1")
        got = _("got none at {name}", name=_name_and_kernel(unpadded[0]))
        return Failed(PADDED, expected, got, _what_they_saw(seen))
    if any(each.seen_padding is None for each in found):
        return not_told(PADDED, seen.trace)
    for each in found:
        if each.seen_padding == Padding(padding, padding, padding, padding):
            return Passed(PADDED, _name_and_kernel(each))
    expected = _("expected one with padding {padding} on all four sides", padding=padding)
    return Failed(PADDED, expected, _("got none"), _what_they_saw(seen))


@network_rule(
    NOT_PADDED, _("No convolution or pooling on the way sees any padding."), of_one_map=True, by_effects=True
)
def without_padding(seen: Seen) -> Verdict:
    expected = _("expected no padding at all")
    for each in _poolings(seen.trace):
        if any(each.padding):
            got = _("got padding {padding} at {name}", padding=max(each.padding), name=_name_and_kernel(each))
            return Failed(NOT_PADDED, expected, got)
    found = seen.trace.convolutions
    padded = [each for each in found if each.seen_padding not in (None, NO_PADDING)]
    if padded:
        got = _("got padding at {name}", name=_name_and_kernel(padded[0]))
        return Failed(NOT_PADDED, expected, got, _what_they_saw(seen))
    if any(each.seen_padding is None for each in found):
        return not_told(NOT_PADDED, seen.trace)
    return Passed(NOT_PADDED, _("none"))


@network_rule(
    KERNELS, _("No convolution on the way, and no pooling, takes more pixels together than this."), by_effects=True
)
def kernel_sizes(seen: Seen, at_most: int) -> Verdict:
    # What makes one number of a whole map, as a gate does, leaves no map whose size it could make.
    poolings = [each for each in _poolings(seen.trace) if each.output_shape[-2:] != (1, 1)]
    for each in (*seen.trace.convolutions, *poolings):
        if max(_kernel(each)) > at_most:
            expected = _("expected at most {size}", size=by((at_most, at_most)))
            got = _("got {name}", name=f"{layer_name(each.module)}, {each.kind} {by(_kernel(each))}")
            return Failed(KERNELS, expected, got)
    return Passed(KERNELS, _("at most {size}", size=by((at_most, at_most))))


@network_rule(POINTWISE, _("A 1×1 convolution on the way gives fewer channels than it takes."), by_effects=True)
def pointwise_reduction(seen: Seen) -> Verdict:
    found = seen.trace.convolutions
    narrowing = [each for each in found if each.is_pointwise and each.out_channels < each.in_channels]
    for each in narrowing:
        if each.map_enters:
            return Passed(POINTWISE, f"{layer_name(each.module)}, {each.in_channels} → {each.out_channels}")
    if narrowing:
        name = layer_name(narrowing[0].module)
        doubt = _(
            "it is not known whether {name} takes one pixel at a time, with the same weights for each image", name=name
        )
        return Unknown(POINTWISE, doubt, why_not_told())
    why = tuple(map(_kernel_and_channels, found)) or _why_none(seen)
    expected = _("expected one on the way from input to output")
    return Failed(POINTWISE, expected, _("got none"), (*why, *_off_the_way(seen.trace)))


def _kernel(window: Window) -> tuple[int, ...]:
    """The kernel; of a pooling that is told the size of its output, the largest window."""
    if window.kernel_size:
        return window.kernel_size
    sizes = (window.sizes(axis) for axis in (0, 1))
    return tuple(
        max(-(-(place + 1) * old // new) - place * old // new for place in range(new)) for old, new in sizes
    )


def _poolings(trace: Trace) -> list[Window]:
    return [each for each in windows(trace) if each.index in trace.reading.poolings]


def _larger_than_a_pixel(trace: Trace) -> list[Convolution]:
    return [each for each in trace.convolutions if each.is_plane_convolution and not each.is_pointwise]


def _name_and_kernel(window: Window) -> str:
    return f"{layer_name(window.module)}, {by(window.kernel_size)}"


def _kernel_and_channels(convolution: Convolution) -> Shown:
    channels = f"{_name_and_kernel(convolution)}: {convolution.in_channels} → {convolution.out_channels}"
    if convolution.transposed:
        return _("{channels}, a transposed convolution, it does not count.", channels=channels)
    if not convolution.is_plane_convolution:
        return _("{channels}, not a two-dimensional convolution, it does not count.", channels=channels)
    if convolution.is_pointwise and convolution.out_channels > convolution.in_channels:
        return _("{channels}, it widens: `out_channels` must be smaller than `in_channels`.", channels=channels)
    return f"{channels}."


def _why_none(seen: Seen) -> tuple[Shown, ...]:
    if seen.leaves_pytorch:
        return (LEAVES_PYTORCH,)
    if seen.gives_nan:
        return (_("There is NaN in the output, so it can't be seen what reaches it: mend that first."),)
    if not seen.trace.depends_on_input:
        return (_("The output is the same for any input, so nothing can be seen to reach it: mend that first."),)
    return (
        _(
            "No convolution has its result reach the output: does `forward` use it, and return what it gave? "
            "Is it multiplied by zero?"
        ),
    )


def _off_the_way(trace: Trace) -> tuple[Shown, ...]:
    """Layers whose weights nothing reads, and convolutions whose result is not used."""
    if not trace.convolutions:
        return ()  # that is said already
    read = {view.storage for operator in trace.operators for view in operator.inputs}
    owned = [(each.name.rpartition(".")[0], each.storage) for each in trace.owned if each.kind == "parameter"]
    used = {layer for layer, storage in owned if storage in read}
    unused = [layer for layer in dict.fromkeys(layer for layer, _storage in owned) if layer and layer not in used]
    on_the_way = {each.module for each in trace.convolutions}
    ran = dict.fromkeys(each.module for each in trace.operators if each.family == "convolution")
    lost = [module for module in ran if module and module not in on_the_way]
    return (
        *(
            _("{name} is not on the way to the output: does `forward` call it, and pass its result on?", name=name)
            for name in unused[:MOST_OFF_THE_WAY]
        ),
        *(
            _("{name} ran, but its result doesn't reach the output: is it passed on, or multiplied by zero?", name=name)
            for name in lost[:MOST_OFF_THE_WAY]
        ),
    )


def _what_they_saw(seen: Seen) -> tuple[Shown, ...]:
    found = seen.trace.convolutions
    said = tuple(_("{name}: {padding}.", name=_name_and_kernel(each), padding=_padding(each)) for each in found)
    return (*(said or _why_none(seen)), *_off_the_way(seen.trace))


def _padding(convolution: Convolution) -> Message:
    if convolution.transposed:
        return _("a transposed convolution, it does not count")
    if not convolution.is_plane_convolution:
        return _("not a two-dimensional convolution, it does not count")
    found = convolution.seen_padding
    if found is None:
        return _("its padding can't be told")
    sides = {"top": found.top, "bottom": found.bottom, "left": found.left, "right": found.right}
    if len(set(sides.values())) > 1:
        return _("padding {top} above, {bottom} below, {left} on the left, {right} on the right", **sides)
    if found == NO_PADDING:
        return _("no padding")
    if convolution.added == found:
        return _("padding {padding} on all four sides, put around the map before it", padding=found.top)
    return _("padding {padding} on all four sides", padding=found.top)
