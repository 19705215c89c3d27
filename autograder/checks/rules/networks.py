"""Rules for what a network gives: its size, where that comes from, finite numbers, an answer to its input."""

from collections.abc import Sequence

from autograder.checks.messages import Message, _
from autograder.checks.rules.rule import rule
from autograder.checks.rules.running import IMAGE, NOT_FOLLOWED, NetworkClass, leaves_pytorch, running_trace
from autograder.checks.rules.sizes import by, layer_name, why_size
from autograder.checks.subject import Unjudged
from autograder.checks.verdicts import Failed, Passed, Verdict
from autograder.network import SizeBreak

OUTPUT_SHAPE = _("Output size")
SIZES = _("Where the sizes come from")
DEPENDS = _("Dependence on the input")
FINITE = _("Output of the network")


@rule(OUTPUT_SHAPE, _("The network's output has this size (channels, height, width) at every batch size."))
def output_shape(
    network_class: NetworkClass,
    size: Sequence[int],
    batch_sizes: Sequence[int] = (1, 2),
    input_shape: tuple[int, ...] = IMAGE,
) -> Verdict:
    wanted = tuple(size)
    for batch_size in batch_sizes:
        expected = _("expected {value}", value=by(wanted))
        try:
            trace, unjudged = running_trace(network_class, OUTPUT_SHAPE, batch_size, input_shape, expected), None
        except Unjudged as error:
            if error.recorded is None:
                raise
            trace, unjudged = error.recorded, error  # a wrong shape is wrong even where no replay confirms it
        images, *found = trace.output_shape or (0,)
        if len(found) != len(wanted) or images != batch_size:
            expected = _("expected {value}", value=by((batch_size, *wanted)))
            one_less = images != batch_size and len(trace.output_shape or ()) == len(wanted)
            why = _why_axes(batch_size, len(found) == len(wanted), one_less)
            return Failed(OUTPUT_SHAPE, expected, _("got {value}", value=by(trace.output_shape)), (why,), trace)
        if tuple(found) != wanted:
            why = (*why_size(trace, wanted), *_only_for_many(batch_size, batch_sizes))
            return Failed(OUTPUT_SHAPE, expected, _("got {value}", value=by(found)), why, trace)
        if unjudged:
            raise unjudged
    return Passed(OUTPUT_SHAPE, by(wanted))


@rule(SIZES, _("Height and width are changed by convolution and pooling alone, up to the output."))
def sizes_by_convolution_and_pooling(
    network_class: NetworkClass, batch_sizes: Sequence[int] = (1,), input_shape: tuple[int, ...] = IMAGE
) -> Verdict:
    for batch_size in batch_sizes:
        trace = running_trace(network_class, SIZES, batch_size, input_shape)
        if trace.size_breaks:
            expected = _("only convolution and pooling may change the size")
            return Failed(SIZES, expected, _but_changed(trace.size_breaks[0]), trace=trace)
    return Passed(SIZES, _("convolution and pooling alone"))


@rule(DEPENDS, _("The network's output changes when its input changes."))
def depends_on_input(
    network_class: NetworkClass, batch_sizes: Sequence[int] = (1,), input_shape: tuple[int, ...] = IMAGE
) -> Verdict:
    for batch_size in batch_sizes:
        trace = running_trace(network_class, DEPENDS, batch_size, input_shape)
        expected = _("expected an output that changes with the input")
        if leaves_pytorch(network_class, trace, batch_size, input_shape):
            return Failed(DEPENDS, expected, _("got one that PyTorch did not compute from it"), (NOT_FOLLOWED,))
        if not trace.depends_on_input:
            why = _("Does what `forward` returns come from its argument, step by step?")
            return Failed(DEPENDS, expected, _("got the same output for any input"), (why,))
    return Passed(DEPENDS, _("the output changes with the input"))


@rule(FINITE, _("The network runs at every batch size and gives finite numbers, a row of them for each image."))
def finite_output(
    network_class: NetworkClass, batch_sizes: Sequence[int] = (1, 2), input_shape: tuple[int, ...] = IMAGE
) -> Verdict:
    shapes = []
    for batch_size in batch_sizes:
        expected = _("expected finite numbers of size {size}", size=f"{batch_size}×…")
        trace = running_trace(network_class, FINITE, batch_size, input_shape, expected)
        if trace.output_shape[:1] != (batch_size,):
            why = _why_axes(batch_size, True, one_less=len(trace.output_shape) < 2)
            return Failed(FINITE, expected, _("got {value}", value=by(trace.output_shape)), (why,))
        if not trace.output_is_finite:
            return Failed(FINITE, expected, _("got NaN or infinity among them"))
        shapes.append(by(trace.output_shape))
    return Passed(FINITE, _("finite numbers, {shapes}", shapes=tuple(shapes)))


def _only_for_many(batch_size: int, batch_sizes: Sequence[int]) -> tuple[Message, ...]:
    first = batch_sizes[0]
    if batch_size == first:
        return ()
    return (_("So it is with {count} images at once; with {first} the size is right.", count=batch_size, first=first),)


def _why_axes(batch_size: int, same_number: bool, one_less: bool = False) -> Message:
    if one_less:
        return _(
            "The axis of the images is lost: `forward` takes a batch and returns a batch. "
            "Is there an `x[0]`, a `.squeeze()` or a mean over axis 0 in it?"
        )
    if same_number:
        return _("The first axis is that of the images: {count} went in.", count=batch_size)
    return _("The axes of a feature map are images, channels, height and width.")


def _but_changed(found: SizeBreak) -> Message:
    left, entered = by(found.left), by(found.entered) if found.entered else _("a vector")
    cause = _("a transposed convolution") if found.cause == "convolution" else f"`{found.cause}`"
    place = _("the output") if found.operator == "output" else layer_name(found.module)
    if left == entered:
        return _("but of {left} a part was cut off and filled up again on the way to {place}", left=left, place=place)
    if not found.cause:
        return _("but {left} turned into {entered} on the way to {place}", left=left, entered=entered, place=place)
    return _(
        "but {cause} turned {left} into {entered} on the way to {place}",
        cause=cause,
        left=left,
        entered=entered,
        place=place,
    )
