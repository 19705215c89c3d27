"""PyTorch's own sample calls, of every operator and every layer, replay to what they gave."""

import importlib
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pytest
import torch
from torch import nn

from autograder.network import CannotReplay, observe, replay
from autograder.network.replaying import same_numbers

MOST_SAMPLES = 2  # of each of some 600 operators
INCOMPARABLE = {"empty_like", "new_empty", "new_empty_strided", "chalf"}  # unwritten memory, and a dtype without `==`
LOSSES_NOT_REPLAYED = {"nn.CTCLoss", "nn.LinearCrossEntropyLoss", "nn.MultiMarginLoss", "nn.MultiLabelMarginLoss"}

pytestmark = pytest.mark.filterwarnings("ignore")


def test_operators():
    wrong, refused, right = set(), set(), set()
    for operator in samples_of_pytorch("common_methods_invocations", "op_db"):
        if torch.float32 in operator.dtypes and operator.name not in INCOMPARABLE:
            for call, input in calls(operator):
                {None: refused, True: right, False: wrong}[replays(call, input)].add(operator.name)

    assert wrong == set()
    assert len(right) > 20 * len(refused) > 0


def test_layers():
    wrong, right = set(), set()
    for layer in samples_of_pytorch("common_modules", "module_db"):
        if layer.name not in LOSSES_NOT_REPLAYED:
            for call, input in layers(layer):
                (right if replays(call, input) else wrong).add(layer.name)

    assert wrong == {"nn.Transformer"}  # with a padding mask it computes on nested tensors
    assert {"nn.Conv2d", "nn.GRU", "nn.LSTM", "nn.MultiheadAttention", "nn.TransformerEncoderLayer"} <= right


def samples_of_pytorch(module: str, table: str) -> list[Any]:
    """Imported only here: it takes seconds."""
    return getattr(importlib.import_module(f"torch.testing._internal.{module}"), table)


def calls(operator: Any) -> Iterator[tuple[Callable[[torch.Tensor], Any], torch.Tensor]]:
    """Functions of one tensor, each with a tensor."""
    for sample in islice(operator.sample_inputs("cpu", torch.float32, requires_grad=False), MOST_SAMPLES):
        if isinstance(sample.input, torch.Tensor) and sample.input.layout is torch.strided:
            yield lambda x, sample=sample: first(operator(x, *sample.args, **sample.kwargs)), sample.input


def layers(layer: Any) -> Iterator[tuple[Callable[[torch.Tensor], Any], torch.Tensor]]:
    for sample in layer.module_inputs_func(layer, "cpu", torch.float32, requires_grad=False, training=False):
        made, forward = sample.constructor_input, sample.forward_input
        input, *others = forward.args or [None]
        if isinstance(input, torch.Tensor):
            yield Calling(layer.module_cls(*made.args, **made.kwargs), others, forward.kwargs), input


class Calling(nn.Module):
    """Calls a layer with other arguments beside the input."""

    def __init__(self, layer: nn.Module, others: list[Any], options: dict[str, Any]) -> None:
        super().__init__()
        self.layer, self.others, self.options = layer, others, options

    def forward(self, x: torch.Tensor) -> Any:
        return first(self.layer(x, *self.others, **self.options))


def first(result: Any) -> Any:
    """The first tensor of an operator or layer that gives several."""
    while isinstance(result, (tuple, list)) and result:
        result = result[0]
    return result


def replays(call: Callable[[torch.Tensor], Any], input: torch.Tensor) -> bool | None:
    """Whether the replay gives the output; None where it is refused, true where there is none."""
    trace = observe(call, input)
    if not trace.outputs:
        return True
    try:
        return same_numbers(replay(trace, input)[0], trace.output_tensor)
    except CannotReplay:
        return None
    except (RuntimeError, IndexError):
        return False
