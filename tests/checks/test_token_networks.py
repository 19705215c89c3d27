"""Rules on networks that are given whole numbers, drawn by a recipe: tokens, labels, indices."""

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from autograder.checks.inputs import Integers, Normal
from autograder.checks.rules import depends_on_input, finite_output, output_shape, parameter_budget
from autograder.checks.verdicts import Failed, Passed, Unknown, report
from autograder.network import NotEvidence, observe, replay
from autograder.network.evidence import confirmed

TOKENS = Integers((7,), below=11)


class Embedded(nn.Module):
    """What follows an embedding of 11 tokens in 8 numbers, which costs 88."""

    def __init__(self, *layers):
        super().__init__()
        self.embedding = nn.Embedding(11, 8)
        self.layers = nn.ModuleList(layers)

    def forward(self, tokens):
        x = self.embedding(tokens)
        for layer in self.layers:
            x = layer(x)
        return x


class Recurrent(Embedded):
    def __init__(self):
        super().__init__(nn.GRU(8, 8, batch_first=True))

    def forward(self, tokens):
        return self.layers[0](self.embedding(tokens))[0]


class Attending(Embedded):
    def forward(self, tokens):
        x = super().forward(tokens)
        later = torch.ones(x.shape[1], x.shape[1], dtype=torch.bool).triu(1)
        return torch.softmax((x @ x.transpose(1, 2) / 8**0.5).masked_fill(later, -torch.inf), -1) @ x


class OneHot(nn.Module):
    """A table of 88 numbers that is not registered."""

    def __init__(self):
        super().__init__()
        self.table = [torch.randn(11, 8)]

    def forward(self, tokens):
        return F.one_hot(tokens, 11).float() @ self.table[0]


class ThroughPython(Embedded):
    def forward(self, tokens):
        return super().forward(torch.tensor(tokens.tolist()))


class Constant(nn.Module):
    def forward(self, tokens):
        return torch.zeros(*tokens.shape, 8)


RIGHT = [Embedded, Recurrent, Attending, lambda: Embedded(nn.Linear(8, 8), nn.LayerNorm(8))]


@pytest.mark.parametrize("network", RIGHT)
def test_networks_on_tokens_are_observed_as_those_on_images(network):
    assert isinstance(output_shape(network, (7, 8), inputs=TOKENS), Passed)
    assert isinstance(depends_on_input(network, inputs=TOKENS), Passed)
    assert isinstance(finite_output(network, inputs=TOKENS), Passed)


@pytest.mark.parametrize(
    ("network", "budget", "verdict"),
    [
        (Embedded, 88, Passed),
        (Embedded, 87, Failed),
        (Recurrent, 88 + 432, Passed),
        (Recurrent, 88 + 432 - 1, Failed),
        (OneHot, 88, Passed),
        (OneHot, 87, Failed),
    ],
)
def test_the_numbers_that_tokens_look_up_are_parameters(network, budget, verdict):
    assert isinstance(parameter_budget(network, budget, inputs=TOKENS), verdict)


def test_what_is_wrong_on_tokens_is_told():
    assert isinstance(depends_on_input(Constant, inputs=TOKENS), Failed)
    found = output_shape(lambda: Embedded(nn.Linear(8, 5)), (7, 8), inputs=TOKENS)
    assert report(found, "en") == "✗ Output size: expected 7×8, got 7×5."


def test_what_passes_through_python_is_not_followed():
    assert isinstance(depends_on_input(ThroughPython, inputs=TOKENS), Failed | Unknown)
    assert not isinstance(output_shape(ThroughPython, (7, 8), inputs=TOKENS), Passed)


def test_one_recipe_gives_what_an_image_of_its_shape_is():
    network = lambda: nn.Conv2d(1, 2, 3)  # noqa: E731
    by_shape = output_shape(network, (2, 6, 6), input_shape=(1, 8, 8))
    assert by_shape == output_shape(network, (2, 6, 6), inputs=Normal((1, 8, 8)))
    in_double = Normal((1, 8, 8), torch.float64)
    assert isinstance(output_shape(lambda: nn.Conv2d(1, 2, 3).double(), (2, 6, 6), inputs=in_double), Passed)


def test_a_trace_on_tokens_is_evidence_on_these_tokens_alone():
    tokens, others = torch.arange(14).reshape(2, 7) % 11, torch.arange(3, 17).reshape(2, 7) % 11
    network = Attending()
    trace = observe(network, tokens, others=others)

    assert confirmed(trace, tokens, others).depends_on_input
    assert torch.equal(replay(trace, others)[0], network(others))
    with pytest.raises(NotEvidence):
        confirmed(trace, others, tokens)
    with pytest.raises(NotEvidence):
        confirmed(trace, tokens.int(), others.int())


def test_in_a_notebook_tokens_are_observed_without_others():
    trace = observe(Recurrent(), torch.arange(7).reshape(1, 7))
    assert trace.depends_on_input
    assert trace.parameter_bounds.at_least == 88 + 432
    assert not observe(Constant(), torch.arange(7).reshape(1, 7)).depends_on_input
