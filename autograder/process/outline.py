"""A trace in a few words: its operators and their sizes, to compare networks by."""

from autograder.network.records import Operator, Recording

MOST_OPERATORS = 200  # that an outline names; of more it says how many there are


def outline(recording: Recording) -> tuple[str, ...]:
    """A line for each operator: its name, the shapes of what it is given besides its first input, and of its output.

    The images of a batch do not count in the output, nor does what the tensors hold.
    """
    lines = tuple(map(_line, recording.operators[:MOST_OPERATORS]))
    more = len(recording.operators) - len(lines)
    return (*lines, f"+ {more}") if more else lines


def _line(operator: Operator) -> str:
    given = [_shape(view.shape) for view in operator.inputs[1:]]
    output = [f"→ {_shape(view.shape[1:])}" for view in operator.outputs[:1]]
    return " ".join([operator.family, *given, *output])


def _shape(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape)) or "1"
