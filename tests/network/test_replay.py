"""A replay of the recorded operators gives what the network gave."""

import copy
import json
from dataclasses import replace

import pytest
import torch
from confirming import is_evidence
from naming import without_address
from torch import nn
from torch.nn import functional as F

from autograder import coding
from autograder.network import CannotReplay, observe, replay
from autograder.network.precision import in_double_precision
from autograder.network.records import LONE, Operator
from autograder.network.replaying import same_numbers

LAYERS = [
    nn.Conv2d(8, 6, 3, padding=1, padding_mode="circular"),
    nn.Conv2d(8, 8, (1, 3), groups=4, dilation=2, bias=False),
    nn.ConvTranspose2d(8, 4, 3, stride=2, output_padding=1),
    nn.Conv2d(8, 4, 2, padding="same"),
    nn.Sequential(nn.MaxPool2d(3, 2, 1, ceil_mode=True), nn.AvgPool2d(2, ceil_mode=True), nn.AdaptiveMaxPool2d(2)),
    nn.Sequential(nn.LPPool2d(2, 2), nn.AdaptiveAvgPool2d((3, 1))),
    nn.Sequential(nn.ZeroPad2d((1, 0, 2, 1)), nn.ReflectionPad2d(1), nn.ReplicationPad2d(1), nn.CircularPad2d(1)),
    nn.Sequential(nn.BatchNorm2d(8), nn.GroupNorm(2, 8), nn.InstanceNorm2d(8, affine=True), nn.LayerNorm([8, 9, 9])),
    nn.Sequential(nn.Dropout(), nn.Dropout2d(), nn.AlphaDropout(), nn.RReLU()),
    nn.Sequential(nn.ELU(), nn.GELU(), nn.Hardswish(), nn.Mish(), nn.PReLU(8), nn.SELU(), nn.SiLU(), nn.Softplus()),
    nn.Sequential(nn.LogSigmoid(), nn.Softsign(), nn.Tanhshrink(), nn.LogSoftmax(1), nn.Hardtanh(-9, 9)),
    nn.Sequential(nn.GLU(1), nn.LocalResponseNorm(2), nn.Hardshrink(0.1), nn.ReLU6(inplace=True)),
    nn.Sequential(nn.PixelShuffle(2), nn.PixelUnshuffle(3), nn.ChannelShuffle(2)),
    nn.Sequential(nn.Upsample(scale_factor=2), nn.Upsample(scale_factor=0.5, mode="bilinear"), nn.Upsample(size=7)),
    nn.Sequential(nn.Upsample(size=12, mode="bicubic"), nn.Unfold(3), nn.Fold(12, 3)),
    nn.Sequential(nn.Flatten(), nn.Linear(8 * 81, 16), nn.Unflatten(1, (4, 2, 2))),
    nn.Sequential(nn.Flatten(2), nn.Conv1d(8, 3, 3), nn.BatchNorm1d(3), nn.MaxPool1d(2), nn.AvgPool1d(2)),
    nn.Sequential(nn.Flatten(2), nn.TransformerEncoderLayer(81, 3, 20, batch_first=True), nn.LSTM(81, 7)),
    nn.utils.parametrizations.weight_norm(nn.Conv2d(8, 4, 3)),
    nn.utils.parametrizations.spectral_norm(nn.Conv2d(8, 4, 3)),
    nn.utils.parametrizations.orthogonal(nn.Linear(9, 9)),
    nn.Sequential(nn.LazyConv2d(5, 3), nn.LazyBatchNorm2d()),
    lambda x: x.mul_(2).add_(1)[:, ::2, 1:-1].transpose(2, 3).contiguous().view(x.shape[0], -1),
    lambda x: F.pad(x, (1, 1), value=2.0).to(memory_format=torch.channels_last).double().half().float(),
    lambda x: torch.einsum("nchw,dc->ndhw", x, torch.ones(4, 8)).topk(3, 1).values,
    lambda x: x.unfold(2, 3, 2).amax(-1).cumsum(1).sort(1).values,
    lambda x: torch.where(x > 0, x, torch.zeros_like(x)).roll(1, 2).flip(3),
    lambda x: x[x > 0] if x.mean() > 1e9 else torch.cat(x.chunk(2, 1)),
    lambda x: F.dropout(x, 0.5, training=True) + torch.randn(x.shape),
]


@pytest.mark.parametrize("layer", LAYERS, ids=without_address)
@pytest.mark.parametrize("memory_format", [torch.contiguous_format, torch.channels_last], ids=["", "channels last"])
def test_gives_the_output_of_the_network_and_survives_json(layer, memory_format):
    x = torch.randn(2, 8, 9, 9, generator=torch.Generator().manual_seed(1)).to(memory_format=memory_format)
    network = first_of_tuple(layer) if "LSTM" in str(layer) else layer

    structure, contents = coding.encode(observe(network, x))
    trace = coding.decode(json.loads(json.dumps(structure)), contents)

    assert trace.stopped is None and trace.output_shape is not None
    (output,) = replay(trace, x)
    assert same_numbers(output, trace.output_tensors[LONE])
    assert is_evidence(trace, x) and trace.depends_on_input


def first_of_tuple(layer: nn.Module):
    return lambda x: layer(x)[0]


def test_the_output_recorded_is_what_the_network_returns():
    network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU()).eval()
    x = torch.randn(2, 3, 8, 8)
    with torch.no_grad():
        assert torch.equal(network(x), observe(network, x).output_tensors[LONE])


def test_a_forged_output_is_not_confirmed():
    x = torch.randn(1, 3, 8, 8)
    trace = observe(nn.Conv2d(3, 4, 3), x)
    forged = replace(trace, outputs=(replace(trace.outputs[0], content=bytes(144)),))
    assert is_evidence(trace, x) and not is_evidence(forged, x)


@pytest.mark.parametrize("name", ["aten.from_file.default", "aten.resize_.default", "prims.add.default", "os.system"])
def test_an_operator_off_the_allow_list_is_not_executed(name):
    x = torch.randn(1, 3, 8, 8)
    trace = observe(nn.ReLU(), x)
    (relu,) = trace.operators
    foreign = Operator(name, "", relu.arguments, {}, relu.outputs)
    with pytest.raises(CannotReplay, match=name.split(".")[0]):
        replay(replace(trace, operators=(foreign,)), x)


def test_an_input_of_another_shape_is_refused():
    trace = observe(nn.ReLU(), torch.randn(1, 3, 8, 8))
    with pytest.raises(CannotReplay, match="input"):
        replay(trace, torch.randn(2, 3, 8, 8))


@pytest.mark.parametrize(
    "layer",
    [each for each in LAYERS if isinstance(each, nn.Module) and "LSTM" not in str(each)],  # which PyTorch has for float32
    ids=without_address,
)
def test_a_trace_in_double_precision_gives_what_the_network_gives_there(layer):
    x = torch.randn(2, 8, 9, 9, generator=torch.Generator().manual_seed(1))
    (found,) = replay(in_double_precision(observe(layer, x)), x.double())
    with torch.no_grad():
        expected = copy.deepcopy(layer).double().eval()(x.double())
    assert torch.allclose(found, expected, rtol=1e-12, atol=1e-12)


def test_memory_that_is_read_as_numbers_of_several_kinds_is_left_as_it_is():
    trace = observe(lambda x: x.view(torch.int32).view(torch.float32) + 1, torch.ones(1, 3, 4, 4))
    assert in_double_precision(trace) is trace
