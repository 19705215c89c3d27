"""Rules for what a network gives: its size, where that comes from, finite numbers, an answer to its input."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import torch

from autograder.checks.messages import Message, _
from autograder.checks.rules.observed import Returned
from autograder.checks.rules.running import LEAVES_PYTORCH, Seen, network_rule
from autograder.checks.rules.sizes import by, place_of, why_size
from autograder.checks.rules.telling import faint, not_told, where_it_arrived
from autograder.checks.verdicts import Failed, Passed, Verdict
from autograder.network import SizeBreak, Trace
from autograder.network.arithmetic import CHANGEABLE
from autograder.network.layers import INTERPOLATING, LINEAR, is_reduction, layer_name, reduced_axes
from autograder.network.records import Operator

OUTPUT_SHAPE = _("Output size")
SIZES = _("Where the sizes come from")
DEPENDS = _("Dependence on the input")
AXES = _("The axes of a feature map are images, channels, height and width.")
SOFTMAXES = frozenset({"_softmax", "_log_softmax"})
# What they give adds up to the same for any input. In evaluation, only an instance norm takes the batch's statistics.
EVENING = SOFTMAXES | {"native_group_norm", "native_layer_norm", "native_batch_norm", "_native_batch_norm_legit"}
FINITE = _("Output of the network")
Size = Sequence[int]
Sizes = Size | Sequence[Size] | Mapping[str, Size]  # of one output, of several in their places, or by name


def _of_several(size: Sizes) -> dict[str, Size] | None:
    """The sizes of several outputs, by name or place; None where it is that of one."""
    if isinstance(size, Mapping):
        return dict(size)
    sizes = [each for each in size if not isinstance(each, int)]
    return {str(place): each for place, each in enumerate(sizes)} if sizes else None


def _returned(size: Sizes, *_others: Any, **_options: Any) -> Returned:
    """What a network is to return whose outputs have these sizes."""
    if isinstance(size, Mapping):
        return tuple(size)
    sizes = _of_several(size)
    return len(sizes) if sizes else None


@network_rule(
    OUTPUT_SHAPE,
    _("The network's output has this size (channels, height, width) at every batch size."),
    expected=lambda _batch_size, size, *_others, **_options: _("expected {value}", value=_sizes_text(size)),
    returned=_returned,
)
def output_shape(seen: Seen, size: Sizes, may_change: Collection[str] = CHANGEABLE) -> Verdict:
    """Told of a wrong size is the smallest change that helps, of those settings that the other rules leave free."""
    if sizes := _of_several(size):
        return _shapes(seen, sizes, by_name=isinstance(size, Mapping))
    wanted, shape = tuple(each for each in size if isinstance(each, int)), seen.trace.output_shape or ()
    images, found = shape[:1], shape[1:]
    if len(found) != len(wanted) or images != (seen.batch_size,):
        expected = _("expected {value}", value=by((seen.batch_size, *wanted)))
        one_less = images != (seen.batch_size,) and len(shape) == len(wanted)
        why = (_why_axes(seen.batch_size, len(found) == len(wanted), one_less), *_why_a_row(seen.trace, wanted))
        return Failed(OUTPUT_SHAPE, expected, _("got {value}", value=by(shape)), why, seen.trace)
    if found != wanted:
        expected = _("expected {value}", value=by(wanted))
        got = _("got {value}", value=by(found))
        are_channels_last = found == (*wanted[1:], *wanted[:1])
        helps = (AXES,) if are_channels_last else why_size(seen.trace, wanted, may_change)
        return Failed(OUTPUT_SHAPE, expected, got, helps, seen.trace)
    return Passed(OUTPUT_SHAPE, by(wanted))


def _shapes(seen: Seen, sizes: dict[str, Size], by_name: bool) -> Verdict:
    """The verdict on several outputs, each of its own size."""
    outputs = {each.name: each for each in seen.trace.outputs}
    for name, wanted in zip(sizes if by_name else outputs, sizes.values(), strict=True):
        shape = outputs[name].shape
        if shape != (seen.batch_size, *wanted):
            expected = _("expected {value}", value=f"{place_of(name)} {by((seen.batch_size, *wanted))}")
            why = () if shape[:1] == (seen.batch_size,) else (_why_axes(seen.batch_size, True),)
            return Failed(OUTPUT_SHAPE, expected, _("got {value}", value=by(shape)), why, seen.trace)
    return Passed(OUTPUT_SHAPE, _sizes_text(sizes))


def _sizes_text(size: Sizes) -> str:
    if sizes := _of_several(size):
        return ", ".join(f"{place_of(name)} {by(each)}" for name, each in sizes.items())
    return by(tuple(each for each in size if isinstance(each, int)))


@network_rule(
    SIZES, _("Height and width are changed by convolution and pooling alone, up to the output."), of_one_map=True
)
def sizes_by_convolution_and_pooling(seen: Seen) -> Verdict:
    if seen.trace.size_breaks:
        expected = _("only convolution and pooling may change the size")
        return Failed(SIZES, expected, _but_changed(seen.trace.size_breaks[0]), trace=seen.trace)
    if seen.trace.doubts:
        return not_told(SIZES, seen.trace)
    return Passed(SIZES, _("convolution and pooling alone"))


@network_rule(DEPENDS, _("The network's output changes when its input changes."), by_effects=True)
def depends_on_input(seen: Seen) -> Verdict:
    expected = _("expected an output that changes with the input")
    if seen.leaves_pytorch:
        return Failed(DEPENDS, expected, _("got one that PyTorch did not compute from it"), (LEAVES_PYTORCH,))
    if seen.gives_nan:
        return Failed(DEPENDS, expected, _("got NaN among its numbers"))
    if not seen.trace.depends_on_input:
        return Failed(DEPENDS, expected, _("got the same output for any input"), (_why_the_same(seen.trace),))
    return _each_depends(seen.trace) or Passed(DEPENDS, _("the output changes with the input"))


def _why_the_same(trace: Trace) -> Message:
    """What often makes an output the same for any input."""
    if any(_is_over_images(each) for each in trace.operators):
        return _("Axis 0 is that of the images: is there a softmax or a mean over it? Of one image it leaves the same.")
    if any(each.family in EVENING for each in trace.operators):
        return _(
            "A normalisation makes the mean zero, and a softmax the sum one: "
            "is the mean or the sum taken of what it gives? That is the same number for any input."
        )
    return _("Does what `forward` returns come from its argument, step by step?")


def _is_over_images(operator: Operator) -> bool:
    """Whether it reduces axis 0 of a batch of one, or takes a softmax along it."""
    if not operator.inputs or len(operator.inputs[0].shape) < 2 or operator.inputs[0].shape[0] != 1:
        return False
    if operator.family in SOFTMAXES:
        return operator.arguments[1] == 0
    return is_reduction(operator) and reduced_axes(operator) == {0}


def _each_depends(trace: Trace) -> Verdict | None:
    """What is wrong where one of several outputs changes with no input, or no output with one of several inputs."""
    dependence = trace.dependence
    of_outputs = {each.name: dependence[place] for place, each in enumerate(trace.outputs)}
    of_inputs = {each.name: tuple(row[place] for row in dependence) for place, each in enumerate(trace.inputs)}
    for name, changes in of_outputs.items() if len(of_outputs) > 1 else ():
        if not any(changes) and None not in changes:
            expected = _("expected outputs that change with the inputs")
            return Failed(DEPENDS, expected, _("but {output} is the same for any", output=place_of(name)))
    for name, changes in of_inputs.items() if len(of_inputs) > 1 else ():
        if not any(changes) and None not in changes:
            expected = _("expected outputs that change with each input")
            return Failed(DEPENDS, expected, _("but {input} changes none", input=_argument(name)))
    are_told = all(map(any, (*of_outputs.values(), *of_inputs.values())))
    return None if are_told else faint(DEPENDS)


def _argument(name: str) -> Message | str:
    return _("argument {number}", number=int(name) + 1) if name.isdigit() else f"`{name}`"


@network_rule(
    FINITE,
    _("The network runs at every batch size and gives finite numbers, a row of them for each image."),
    expected=lambda batch_size: _("expected finite numbers of size {size}", size=f"{batch_size}×…"),
)
def finite_output(seen: Seen) -> Verdict:
    expected = _("expected finite numbers of size {size}", size=f"{seen.batch_size}×…")
    for each in seen.trace.outputs:
        if each.shape[:1] != (seen.batch_size,):
            why = _why_axes(seen.batch_size, True, one_less=len(each.shape) < 2)
            return Failed(FINITE, expected, _("got {value}", value=by(each.shape)), (why,))
    if not all(bool(torch.isfinite(each).all()) for each in seen.trace.output_tensors.values()):
        return Failed(FINITE, expected, _("got NaN or infinity among them"))
    return Passed(FINITE, _("finite numbers, {shape}", shape=", ".join(by(each.shape) for each in seen.trace.outputs)))


def _why_axes(batch_size: int, same_number: bool, one_less: bool = False) -> Message:
    if one_less:
        return _(
            "The axis of the images is lost: `forward` takes a batch and returns a batch. "
            "Is there an `x[0]`, a `.squeeze()` or a mean over axis 0 in it?"
        )
    if same_number:
        return _("The first axis is that of the images: {count} went in.", count=batch_size)
    return AXES


def _why_a_row(trace: Trace, wanted: tuple[int, ...]) -> Iterator[Message]:
    """What a linear layer at the end did to a feature map."""
    last = next((each for each in reversed(trace.operators) if each.family in LINEAR), None)
    if last and len(wanted) > 1 and len(trace.output_shape or ()) == 2:
        yield _(
            "{layer} is a linear layer, it makes a row of numbers; "
            "here a feature map is asked: end with a convolution.",
            layer=layer_name(last.module),
        )


def _but_changed(found: SizeBreak) -> Message:
    left, entered = by(found.left), by(found.entered) if found.entered else _("a vector")
    cause = _("a transposed convolution") if found.cause == "convolution" else f"`{found.cause}`"
    place = where_it_arrived(found)
    if left == entered and (found.cause == "convolution" or found.cause.startswith(INTERPOLATING)):
        return _("but {cause} makes the map anew on the way to {place}", cause=cause, place=place)
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
