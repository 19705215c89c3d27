"""Networks of several inputs and outputs: each is recorded, sent, replayed and demanded equal, and told apart."""

import contextlib
from collections import namedtuple
from dataclasses import replace

import pytest
import torch
from confirming import is_evidence
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.utils._pytree import tree_leaves

from autograder import coding
from autograder.network import CannotReplay, observe, replay
from autograder.network.evidence import confirmed
from autograder.network.records import MOST_OUTPUTS

Head = namedtuple("Head", ["boxes", "scores"])


def drawn(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed + sum(shape)))


def tokens(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randint(11, shape, generator=torch.Generator().manual_seed(seed))


class Reading(nn.Module):
    """Reads tokens with a recurrent layer."""

    def __init__(self, layer):
        super().__init__()
        self.embedding = nn.Embedding(11, 6)
        self.layer = layer

    def forward(self, words):
        return self.layer(self.embedding(words))


class Detecting(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.trunk, self.boxes, self.scores = nn.Conv2d(3, 8, 3), nn.Conv2d(8, 4, 1), nn.Conv2d(8, 5, 1)
        self.kind = kind

    def forward(self, image):
        x = self.trunk(image).relu()
        return self.kind(boxes=self.boxes(x), scores=self.scores(x))


class Masked(nn.Module):
    """Adds up the vectors of the tokens that a mask lets through, and takes a row of a table by number."""

    def __init__(self):
        super().__init__()
        self.embedding, self.table = nn.Embedding(11, 6), nn.Parameter(torch.randn(7, 6))

    def forward(self, words, mask, rows):
        summed = (self.embedding(words) * mask[..., None]).sum(1)
        return summed, self.table[rows] * summed


(QUERIES, KEYS), OTHERS = ((drawn(2, 3, 8, seed=seed), drawn(2, 5, 8, seed=seed)) for seed in (0, 1))
NAMES = ("value", "key", "query")  # in another order than that of the arguments
NETWORKS = {
    "recurrent": (Reading(nn.GRU(6, 5, batch_first=True)), (tokens(2, 7),), (tokens(2, 7, seed=1),)),
    "recurrent, with two states": (Reading(nn.LSTM(6, 5, 2, batch_first=True)), (tokens(2, 7),), (tokens(2, 7, seed=1),)),
    "attention": (nn.MultiheadAttention(8, 2, batch_first=True), (QUERIES, KEYS, KEYS), (*OTHERS, OTHERS[1])),
    "attention, by name": (
        nn.MultiheadAttention(8, 2, batch_first=True),
        dict(zip(NAMES, (KEYS, KEYS, QUERIES), strict=True)),
        dict(zip(NAMES, (OTHERS[1], OTHERS[1], OTHERS[0]), strict=True)),
    ),
    "decoder": (nn.TransformerDecoderLayer(8, 2, 16, batch_first=True), (QUERIES, KEYS), OTHERS),
    "bilinear": (nn.Bilinear(4, 6, 5), (drawn(2, 4), drawn(2, 6)), (drawn(2, 4, seed=1), drawn(2, 6, seed=1))),
    "dict": (Detecting(dict), (drawn(2, 3, 8, 8),), (drawn(2, 3, 8, 8, seed=1),)),
    "named tuple": (Detecting(Head), (drawn(2, 3, 8, 8),), (drawn(2, 3, 8, 8, seed=1),)),
    "of three dtypes": (
        Masked(),
        (tokens(2, 7), tokens(2, 7) > 4, tokens(2) % 7),
        (tokens(2, 7, seed=1), tokens(2, 7, seed=1) > 4, tokens(2, seed=1) % 7),
    ),
}


def called(network, inputs):
    with torch.no_grad():
        return network.eval()(**inputs) if isinstance(inputs, dict) else network.eval()(*inputs)


@pytest.mark.parametrize(("network", "inputs", "others"), NETWORKS.values(), ids=NETWORKS)
def test_what_a_network_gives_is_recorded_sent_replayed_and_confirmed(network, inputs, others):
    structure, contents = coding.encode(observe(network, inputs, others=others))
    trace = confirmed(coding.decode(structure, contents), inputs, others)

    assert trace.reading.is_followed and trace.depends_on_input
    outputs = tree_leaves(called(network, inputs))
    torch.testing.assert_close([*trace.output_tensors.values()], outputs)
    torch.testing.assert_close([*replay(trace, others)], tree_leaves(called(network, others)))
    assert [each.shape for each in trace.outputs] == [tuple(each.shape) for each in outputs]
    elements = sum(each.numel() for each in network.parameters())
    assert (trace.parameter_bounds.at_least, trace.parameter_bounds.at_most) == (elements, elements)


def test_inputs_and_outputs_have_the_names_that_a_reader_knows():
    def names(key):
        trace = observe(*NETWORKS[key][:2])
        return [each.name for each in trace.inputs], [each.name for each in trace.outputs], trace.returned

    assert names("recurrent, with two states") == (["0"], ["0", "1.0", "1.1"], "tuple")
    assert names("attention, by name") == (["value", "key", "query"], ["0", "1"], "tuple")
    assert names("dict") == (["0"], ["boxes", "scores"], "dict")
    assert names("named tuple") == (["0"], ["boxes", "scores"], "Head")
    assert names("bilinear") == (["0", "1"], [""], None)


def test_an_input_may_be_returned_and_written_into_and_a_tensor_returned_twice():
    def network(x, y):
        x += y
        return [x, {"again": x, "part": x[:, 1:]}], y, None

    inputs = drawn(2, 3), drawn(2, 3, seed=1)
    trace = observe(network, inputs)
    assert is_evidence(trace, inputs)
    assert [each.name for each in trace.outputs] == ["0.0", "0.1.again", "0.1.part", "1"]
    torch.testing.assert_close([*trace.output_tensors.values()], [sum(inputs), sum(inputs), sum(inputs)[:, 1:], inputs[1]])
    assert trace.dependence == ((True, True),) * 3 + ((False, True),)


def endless(x):
    parts = [x]
    parts.append(parts)
    return parts


class Lying(dict):
    def items(self):
        raise SystemError


@pytest.mark.parametrize(
    "network",
    [
        lambda x: (x, 1),
        lambda x: [x, "text"],
        lambda x: {"x": x, "set": {1}},
        lambda x: (None, None),
        lambda x: {"": x},
        lambda x: {"a.b": x, "a": {"b": x}},
        lambda x: {"x" * 1000: x},
        lambda x: (x,) * (MOST_OUTPUTS + 1),
        lambda x: (x, x.to_sparse()),
        endless,
    ],
    ids=range(10),
)
def test_what_holds_others_than_tensors_is_named_and_has_no_outputs(network):
    trace = observe(network, drawn(2, 3))
    assert trace.outputs == () and trace.returned == type(network(drawn(2, 3))).__name__ and trace.stopped is None
    assert is_evidence(trace, drawn(2, 3))


def test_what_a_dict_says_of_itself_is_not_asked():
    assert observe(lambda x: Lying(x=x), drawn(2, 3)).output_tensors["x"].shape == (2, 3)


@pytest.mark.parametrize("key", ["recurrent, with two states", "attention, by name", "of three dtypes"])
def test_forged_inputs_and_outputs_are_refused(key):
    network, inputs, others = NETWORKS[key]
    trace = observe(network, inputs, others=others)
    first, *rest = trace.outputs
    mine, *more = trace.inputs
    zeros = replace(first, content=bytes(len(first.content)))
    forged = [
        replace(trace, outputs=(zeros, *rest)),
        replace(trace, outputs=(*rest, zeros)),
        replace(trace, outputs=(*trace.outputs, replace(zeros, name="more"))),
        replace(trace, outputs=(*trace.outputs, first)),
        replace(trace, outputs=(replace(first, name=""), *rest)),
        replace(trace, outputs=(replace(first, name=""),)),
        replace(trace, outputs=(replace(first, name="x" * 101), *rest)),
        replace(trace, returned=None),
        replace(trace, returned=None, outputs=()),
        replace(trace, inputs=(replace(mine, name="another"), *more)),
        replace(trace, inputs=(*trace.inputs, mine)),
        replace(trace, inputs=()),
        replace(trace, inputs=tuple(reversed(trace.inputs))) if more else replace(trace, inputs=(mine, mine)),
        replace(trace, inputs=(mine, *(replace(each, view=mine.view) for each in more)))
        if more
        else replace(trace, inputs=(replace(mine, view=replace(mine.view, shape=(7, 2))),)),
    ]
    for each in forged:
        with contextlib.suppress(CannotReplay):
            assert not is_evidence(each, inputs)
    for asked in (others, [*others.values()] if isinstance(others, dict) else {"x": others[0]}):
        assert not is_evidence(trace, asked)


def test_two_inputs_in_one_memory_are_refused():
    x = torch.arange(6.0).view(2, 3)
    trace = observe(torch.add, (x, x))
    first, second = trace.inputs
    assert is_evidence(trace, (x, x))
    assert not is_evidence(replace(trace, inputs=(first, replace(second, view=first.view))), (x, x))


def test_an_output_that_is_left_out_by_the_network_itself_is_another_network():
    network, inputs, others = NETWORKS["dict"]
    trace = observe(network, inputs, others=others)
    less = replace(trace, outputs=trace.outputs[:1])
    assert not confirmed(less, inputs, others).reading.is_followed  # unwatched, it gave two


@pytest.mark.parametrize("kind", [dict, Head])
def test_another_structure_while_it_is_not_watched_is_not_followed(kind):
    calls = []

    def network(x):
        calls.append(x)
        one, two = x + 1, x + 1
        return kind(boxes=one, scores=two) if len(calls) > 1 else {"scores": one, "boxes": two}

    inputs, others = (drawn(2, 3),), (drawn(2, 3, seed=1),)
    assert not confirmed(observe(network, inputs, others=others), inputs, others).reading.is_followed


TABLES = st.integers(1, 4).flatmap(
    lambda inputs: st.lists(st.lists(st.booleans(), min_size=inputs, max_size=inputs), min_size=1, max_size=4)
)


@settings(max_examples=30, deadline=None)
@given(TABLES, st.sampled_from([torch.sigmoid, torch.tanh, nn.Identity()]), st.booleans())
def test_which_output_depends_on_which_input_is_found(depends, activation, are_whole):
    """Output k is a sum over those inputs i with `depends[k][i]`; of the others it reads the shape, or times zero."""
    torch.manual_seed(0)
    layers = [[nn.Linear(4, 3) for _ in row] for row in depends]

    def network(*inputs):
        def part(layer, x, is_read):
            x = nn.functional.one_hot(x, 4).float() if are_whole else x
            return activation(layer(x)) if is_read else layer(torch.zeros_like(x)) + 0 * x.sum()

        return [
            sum(part(layer, x, is_read) for layer, x, is_read in zip(row, inputs, of, strict=True))
            for row, of in zip(layers, depends, strict=True)
        ]

    draw = (lambda seed: tokens(3, 5, seed=seed) % 4) if are_whole else lambda seed: drawn(3, 4, seed=seed)
    inputs, others = (tuple(draw(2 * each + which) for each in range(len(depends[0]))) for which in (0, 1))
    trace = confirmed(observe(network, inputs, others=others), inputs, others)
    assert trace.dependence == tuple(map(tuple, depends))
    assert trace.depends_on_input == any(map(any, depends))


def test_what_changes_by_too_little_is_not_told():
    def network(x, y):
        return x + 1e-9 * y, torch.cat([y, y])

    trace = observe(network, (drawn(2, 3).double(), drawn(2, 3, seed=1).double()))
    assert trace.dependence == ((True, None), (False, True))
