"""Rules for the convolutions on the way from input to output."""

from autograder.checks.messages import Message, _, ngettext
from autograder.checks.rules.rule import rule
from autograder.checks.rules.running import IMAGE, NOT_FOLLOWED, NetworkClass, leaves_pytorch, running_trace
from autograder.checks.rules.sizes import by, layer_name
from autograder.checks.verdicts import Failed, Passed, Shown, Verdict
from autograder.network import Convolution, Padding, Trace

COUNT = _("Convolutions on the way from input to output")
UNPADDED = _("Convolution without padding")
PADDED = _("Convolution with padding")
POINTWISE = _("1×1 convolution that reduces the channels")
NO_PADDING = Padding(0, 0, 0, 0)
MOST_OFF_THE_WAY = 3


@rule(COUNT, _("So many convolutions lie on the way from input to output; a layer used twice counts twice."))
def convolutions(
    network_class: NetworkClass, at_least: int = 1, at_most: int = 3, input_shape: tuple[int, ...] = IMAGE
) -> Verdict:
    trace = running_trace(network_class, COUNT, 1, input_shape)
    found = trace.convolutions
    names = tuple(layer_name(each.module) for each in found)
    if at_least <= len(found) <= at_most:
        return Passed(COUNT, _("{count} ({names})", count=len(found), names=names))
    expected = _("expected {at_least} to {at_most}", at_least=at_least, at_most=at_most)
    if not found:
        return Failed(COUNT, expected, _("found none"), _why_none(network_class, trace, input_shape))
    got = ngettext("got {count} convolution: {names}", "got {count} convolutions: {names}", len(found), names=names)
    return Failed(COUNT, expected, got)


@rule(UNPADDED, _("A convolution on the way has a kernel larger than 1×1 and sees no padding."))
def unpadded_convolution(network_class: NetworkClass, input_shape: tuple[int, ...] = IMAGE) -> Verdict:
    trace = running_trace(network_class, UNPADDED, 1, input_shape)
    found = trace.convolutions
    for each in found:
        if _is_plain(each) and not each.is_pointwise and each.sees_no_padding:
            return Passed(UNPADDED, _name_and_kernel(each))
    expected = _("expected one with a kernel larger than 1×1 that sees no padding")
    why = _what_they_saw(found) or _why_none(network_class, trace, input_shape)
    return Failed(UNPADDED, expected, _("got none"), (*why, *_off_the_way(trace)))


@rule(PADDED, _("A convolution on the way sees so many rows and columns of padding on all four sides."))
def padded_convolution(
    network_class: NetworkClass, padding: int = 1, input_shape: tuple[int, ...] = IMAGE
) -> Verdict:
    trace = running_trace(network_class, PADDED, 1, input_shape)
    found = trace.convolutions
    for each in found:
        if _is_plain(each) and each.seen_padding == Padding(padding, padding, padding, padding):
            return Passed(PADDED, _name_and_kernel(each))
    expected = _("expected one with padding {padding} on all four sides", padding=padding)
    why = _what_they_saw(found) or _why_none(network_class, trace, input_shape)
    return Failed(PADDED, expected, _("got none"), (*why, *_off_the_way(trace)))


@rule(POINTWISE, _("A 1×1 convolution on the way gives fewer channels than it takes."))
def pointwise_reduction(network_class: NetworkClass, input_shape: tuple[int, ...] = IMAGE) -> Verdict:
    trace = running_trace(network_class, POINTWISE, 1, input_shape)
    found = trace.convolutions
    for each in found:
        if each.is_pointwise and each.out_channels < each.in_channels:
            return Passed(POINTWISE, f"{layer_name(each.module)}, {each.in_channels} → {each.out_channels}")
    why = tuple(_kernel_and_channels(each) for each in found) or _why_none(network_class, trace, input_shape)
    expected = _("expected one on the way from input to output")
    return Failed(POINTWISE, expected, _("got none"), (*why, *_off_the_way(trace)))


def _is_plain(convolution: Convolution) -> bool:
    return len(convolution.kernel_size) == 2 and not convolution.transposed


def _name_and_kernel(convolution: Convolution) -> str:
    return f"{layer_name(convolution.module)}, {by(convolution.kernel_size)}"


def _kernel_and_channels(convolution: Convolution) -> Shown:
    channels = f"{_name_and_kernel(convolution)}: {convolution.in_channels} → {convolution.out_channels}"
    if convolution.transposed:
        return _("{channels}, a transposed convolution, it does not count.", channels=channels)
    return f"{channels}."


def _why_none(network_class: NetworkClass, trace: Trace, input_shape: tuple[int, ...]) -> tuple[Shown, ...]:
    if leaves_pytorch(network_class, trace, 1, input_shape):
        return (NOT_FOLLOWED,)
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
    convolutions = dict.fromkeys(each.module for each in trace.operators if each.family == "convolution")
    lost = [module for module in convolutions if module and module not in on_the_way]
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


def _what_they_saw(found: tuple[Convolution, ...]) -> tuple[Shown, ...]:
    return tuple(_("{name}: {padding}.", name=_name_and_kernel(each), padding=_padding(each)) for each in found)


def _padding(convolution: Convolution) -> Message:
    if convolution.transposed:
        return _("a transposed convolution, it does not count")
    if not _is_plain(convolution):
        return _("not a two-dimensional convolution, it does not count")
    seen = convolution.seen_padding
    sides = {"top": seen.top, "bottom": seen.bottom, "left": seen.left, "right": seen.right}
    if len(set(sides.values())) > 1:
        return _("padding {top} above, {bottom} below, {left} on the left, {right} on the right", **sides)
    if seen == NO_PADDING:
        return _("no padding")
    if convolution.added == seen:
        return _("padding {padding} on all four sides, put around the map before it", padding=seen.top)
    return _("padding {padding} on all four sides", padding=seen.top)
