"""Rules of this lab: a test asks for one by its name, as `check.same_tensors(answer.softmax_of_rows, ...)`."""

import torch

from autograder.checks.writing import Failed, Passed, _, call_text, drawn_for, returned_whole, rule, same_numbers

OUTPUT = _("Output")


@rule(OUTPUT, _("The function gives the tensors that are found in another way."))
def same_tensors(function, truth, inputs):
    """On tensors drawn by the recipes `inputs`, the function gives what `truth` gives: a tensor, or a tuple of them."""
    tensors = drawn_for(function, inputs)
    expected = _as_tuple(truth(*tensors))
    shapes = _shapes(expected)
    text = call_text(function, *(f"tensor {_shape(each)}" for each in tensors))
    found = _as_tuple(returned_whole(text, _("expected {shapes}", shapes=shapes), function, *tensors))
    if _shapes(found) != shapes:
        return Failed(text, _("expected {shapes}", shapes=shapes), _("got {shapes}", shapes=_shapes(found)))
    for place, (one, other) in enumerate(zip(found, expected, strict=True), start=1):
        if not same_numbers(one, other):
            got = _("got others, the first of them in row {row}", row=_first_other_row(one, other))
            return Failed(text, _("expected the right numbers in result {place}", place=place), got)
    return Passed(OUTPUT, _("{shapes}, with the right numbers", shapes=shapes))


def _as_tuple(returned):
    return tuple(returned) if isinstance(returned, (tuple, list)) else (returned,)


def _shapes(returned):
    return " + ".join(_shape(each) for each in returned)


def _shape(value):
    return "×".join(map(str, value.shape)) or "1" if isinstance(value, torch.Tensor) else f"`{type(value).__name__}`"


def _first_other_row(one, other):
    """Counted from 1, as the results are."""
    rows = one.shape[0] if one.dim() else 1
    return 1 + next((row for row in range(rows) if one.dim() and not same_numbers(one[row], other[row])), 0)
