"""PyTorch's own sample calls, of every operator and every layer, replay to what they gave."""

import importlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any

import pytest
import torch
from torch import nn

from autograder.network import CannotReplay, observe, replay
from autograder.network.replaying import same_numbers

SAMPLES, THOROUGH_SAMPLES = 1, 2  # of each of some 600 operators
INCOMPARABLE = {"empty_like", "new_empty", "new_empty_strided", "chalf"}  # unwritten memory, and a dtype without `==`
LOSSES_NOT_REPLAYED = {"nn.CTCLoss", "nn.LinearCrossEntropyLoss", "nn.MultiMarginLoss", "nn.MultiLabelMarginLoss"}

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    """PyTorch's samples look through the whole stack again and again, which in pytest's own thread is a deep one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        yield thread


def test_operators(thread, pytestconfig):
    most = THOROUGH_SAMPLES if pytestconfig.getoption("--thorough") else SAMPLES
    wrong, refused, right = thread.submit(operators, most).result()

    assert wrong == set()
    assert len(right) > 20 * len(refused) > 0


def test_layers(thread):
    wrong, right = thread.submit(layers).result()

    assert wrong == {"nn.Transformer"}  # with a padding mask it computes on nested tensors
    assert {"nn.Conv2d", "nn.GRU", "nn.LSTM", "nn.MultiheadAttention", "nn.TransformerEncoderLayer"} <= right


def operators(most: int) -> tuple[set[str], set[str], set[str]]:
    """Those that a replay gets wrong, refuses and gets right, on so many of their samples at most."""
    wrong, refused, right = set(), set(), set()
    for operator in samples_of_pytorch("common_methods_invocations", "op_db"):
        if torch.float32 in operator.dtypes and operator.name not in INCOMPARABLE:
            for call, inputs in calls(operator, most):
                {None: refused, True: right, False: wrong}[replays(call, inputs)].add(operator.name)
    return wrong, refused, right


def layers() -> tuple[set[str], set[str]]:
    """Those that a replay gets wrong and gets right."""
    wrong, right = set(), set()
    for layer in samples_of_pytorch("common_modules", "module_db"):
        if layer.name not in LOSSES_NOT_REPLAYED:
            for call, inputs in calls_of(layer):
                (right if replays(call, inputs) else wrong).add(layer.name)
    return wrong, right


def samples_of_pytorch(module: str, table: str) -> list[Any]:
    """Imported only here: it takes seconds."""
    return getattr(importlib.import_module(f"torch.testing._internal.{module}"), table)


def calls(operator: Any, most: int) -> Iterator[tuple[Callable[..., Any], list[torch.Tensor]]]:
    """Functions of tensors, each with tensors."""
    for sample in islice(operator.sample_inputs("cpu", torch.float32, requires_grad=False), most):
        if isinstance(sample.input, torch.Tensor) and sample.input.layout is torch.strided:
            yield on_tensors(operator, (sample.input, *sample.args), sample.kwargs)


def calls_of(layer: Any) -> Iterator[tuple[Callable[..., Any], list[torch.Tensor]]]:
    for sample in layer.module_inputs_func(layer, "cpu", torch.float32, requires_grad=False, training=False):
        made, forward = sample.constructor_input, sample.forward_input
        if forward.args and isinstance(forward.args[0], torch.Tensor):
            network = Calling(layer.module_cls(*made.args, **made.kwargs), forward.args, forward.kwargs)
            yield network, network.tensors


def on_tensors(
    call: Callable[..., Any], arguments: tuple[Any, ...], options: dict[str, Any]
) -> tuple[Callable[..., Any], list[torch.Tensor]]:
    """The call as a function of the tensors among its arguments in their places, and these."""
    places = [place for place, each in enumerate(arguments) if isinstance(each, torch.Tensor)]

    def on(*tensors: torch.Tensor) -> Any:
        given = dict(zip(places, tensors, strict=True))
        return call(*(given.get(place, each) for place, each in enumerate(arguments)), **options)

    return on, [arguments[place] for place in places]


class Calling(nn.Module):
    """Calls a layer with other arguments beside the tensors."""

    def __init__(self, layer: nn.Module, arguments: tuple[Any, ...], options: dict[str, Any]) -> None:
        super().__init__()
        self.layer = layer
        self.call, self.tensors = on_tensors(layer, arguments, options)

    def forward(self, *tensors: torch.Tensor) -> Any:
        return self.call(*tensors)


def replays(call: Callable[..., Any], inputs: list[torch.Tensor]) -> bool | None:
    """Whether the replay gives all outputs; None where it is refused, true where there are none."""
    trace = observe(call, inputs)
    if not trace.outputs:
        return True
    try:
        return all(map(same_numbers, replay(trace, inputs), trace.output_tensors.values()))
    except CannotReplay:
        return None
    except (RuntimeError, IndexError):
        return False
