"""Rules on networks that are given several tensors, or return several."""

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from autograder.checks.inputs import Integers, Normal
from autograder.checks.rules import (
    convolutions,
    depends_on_input,
    finite_output,
    kernel_sizes,
    output_shape,
    padded_convolution,
    parameter_budget,
    receptive_field,
    sizes_by_convolution_and_pooling,
    total_parameters,
    unpadded_convolution,
    without_padding,
)
from autograder.checks.verdicts import Failed, Passed, Unknown, Waiting, report
from autograder.checks.writing import Seen, _, network_rule, same_numbers

GIVEN = {"queries": Normal((3, 8)), "keys": Normal((5, 8))}
SIZES = [(3, 8), (3, 5)]
TOKENS = Integers((7,), below=11)


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.MultiheadAttention(8, 2, batch_first=True)

    def forward(self, queries, keys):
        return self.layer(queries, keys, keys)


class WithoutKeys(Attention):
    def forward(self, queries, keys):
        return self.layer(queries, queries, queries)[0], torch.zeros(len(queries), 3, 5)


class KeysOnly(Attention):
    def forward(self, queries, keys):
        read = self.layer(keys, keys, keys)[0]
        return read[:, :3], read[:, :3, :5]


class Faint(Attention):
    def forward(self, queries, keys):
        return queries + keys.mean(), 1 + 1e-6 * keys[:, :3, :5]


class ConstantWeights(Attention):
    def forward(self, queries, keys):
        return self.layer(queries, keys, keys)[0], torch.full((len(queries), 3, 5), 0.2)


class OneBatch(Attention):
    def forward(self, queries, keys):
        read, weights = self.layer(queries, keys, keys)
        return read, weights[:1]


class NotFinite(Attention):
    def forward(self, queries, keys):
        read, weights = self.layer(queries, keys, keys)
        return read, weights / 0


class OtherNames(Attention):
    def forward(self, queries, values):
        return self.layer(queries, values, values)


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding, self.layer = nn.Embedding(11, 8), nn.LSTM(8, 6, batch_first=True)

    def forward(self, tokens):
        outputs, (hidden, cell) = self.layer(self.embedding(tokens))
        return outputs, (hidden[-1], cell[-1])


class Detecting(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk, self.boxes, self.scores = nn.Conv2d(3, 8, 3), nn.Conv2d(8, 4, 1), nn.Conv2d(8, 5, 1)

    def forward(self, image):
        x = self.trunk(image).relu()
        return {"boxes": self.boxes(x), "scores": self.scores(x)}


class TwoImages(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Conv2d(3, 4, 3)

    def forward(self, left, right):
        return self.layer(left) - self.layer(right)


def elements(network):
    return sum(each.numel() for each in network.parameters())


@pytest.mark.parametrize("inputs", [GIVEN, [*GIVEN.values()], tuple(GIVEN.values())], ids=["by name", "list", "tuple"])
def test_a_network_of_two_inputs_and_outputs_is_judged_as_one_of_one(inputs):
    assert report(output_shape(Attention, SIZES, inputs=inputs), "en") == "✓ Output size: [0] 3×8, [1] 3×5"
    assert isinstance(depends_on_input(Attention, inputs=inputs, outputs=2), Passed)
    assert isinstance(finite_output(Attention, inputs=inputs, outputs=2), Passed)
    count = elements(Attention())
    assert isinstance(parameter_budget(Attention, count, inputs=inputs, outputs=2), Passed)
    assert isinstance(parameter_budget(Attention, count - 1, inputs=inputs, outputs=2), Failed)


def test_nested_and_named_outputs_are_judged():
    assert isinstance(output_shape(Recurrent, [(7, 6), (6,), (6,)], inputs=TOKENS), Passed)
    assert isinstance(parameter_budget(Recurrent, elements(Recurrent()), inputs=TOKENS, outputs=3), Passed)
    assert isinstance(depends_on_input(Recurrent, inputs=TOKENS, outputs=["0", "1.0", "1.1"]), Passed)
    assert isinstance(output_shape(Detecting, {"scores": (5, 30, 30), "boxes": (4, 30, 30)}), Passed)
    assert isinstance(finite_output(Detecting, outputs=("boxes", "scores")), Passed)
    assert isinstance(convolutions(Detecting, 3, 3, outputs=2), Passed)
    assert isinstance(kernel_sizes(Detecting, 3, outputs=2), Passed)
    assert isinstance(kernel_sizes(Detecting, 2, outputs=2), Failed)


@pytest.mark.parametrize(
    ("verdict", "english", "russian"),
    [
        (
            lambda: output_shape(Attention, [(3, 8), (3, 4)], inputs=GIVEN),
            "✗ Output size: expected [1] 1×3×4, got 1×3×5.",
            "✗ Размер выхода: ожидалось [1] 1×3×4, получено 1×3×5.",
        ),
        (
            lambda: output_shape(Detecting, {"boxes": (4, 30, 30), "labels": (5, 30, 30)}),
            "✗ Output size: expected boxes 4×30×30, labels 5×30×30, "
            "but `forward` returned `dict`: boxes 1×4×30×30, scores 1×5×30×30.\n"
            "  It is to return tensors named boxes, labels.",
            "✗ Размер выхода: ожидалось boxes 4×30×30, labels 5×30×30, "
            "но `forward` возвращает `dict`: boxes 1×4×30×30, scores 1×5×30×30.\n"
            "  Нужно вернуть тензоры с именами boxes, labels.",
        ),
        (
            lambda: finite_output(Attention, inputs=GIVEN, outputs=3),
            "✗ Output of the network: expected finite numbers of size 1×…, "
            "but `forward` returned `tuple`: [0] 1×3×8, [1] 1×3×5.\n  It is to return 3 tensors.",
            "✗ Выход сети: ожидались конечные числа размера 1×…, "
            "но `forward` возвращает `tuple`: [0] 1×3×8, [1] 1×3×5.\n  Нужно вернуть 3 тензора.",
        ),
        (
            lambda: output_shape(Attention, (3, 8), inputs=GIVEN),
            "✗ Output size: expected 3×8, but `forward` returned `tuple`.",
            "✗ Размер выхода: ожидалось 3×8, но `forward` возвращает `tuple`.",
        ),
        (
            lambda: output_shape(lambda: nn.Identity(), [(7,), (7,)], inputs=TOKENS),
            "✗ Output size: expected [0] 7, [1] 7, but `forward` returned `Tensor`: 1×7.\n  It is to return 2 tensors.",
            "✗ Размер выхода: ожидалось [0] 7, [1] 7, но `forward` возвращает `Tensor`: 1×7.\n"
            "  Нужно вернуть 2 тензора.",
        ),
        (
            lambda: depends_on_input(KeysOnly, inputs=GIVEN, outputs=2),
            "✗ Dependence on the input: expected outputs that change with each input, but `queries` changes none.",
            "✗ Зависимость от входа: ожидались выходы, которые зависят от каждого входа, но `queries` их не меняет.",
        ),
        (
            lambda: depends_on_input(KeysOnly, inputs=[*GIVEN.values()], outputs=2),
            "✗ Dependence on the input: expected outputs that change with each input, but argument 1 changes none.",
            "✗ Зависимость от входа: ожидались выходы, которые зависят от каждого входа, но аргумент № 1 их не меняет.",
        ),
        (
            lambda: depends_on_input(ConstantWeights, inputs=GIVEN, outputs=2),
            "✗ Dependence on the input: expected outputs that change with the inputs, but [1] is the same for any.",
            "✗ Зависимость от входа: ожидались выходы, которые меняются при других входах, "
            "но [1] при любых один и тот же.",
        ),
    ],
    ids=range(8),
)
def test_what_is_wrong_with_one_of_several_is_told_in_both_languages(verdict, english, russian):
    found = verdict()
    assert isinstance(found, Failed)
    assert (report(found, "en"), report(found, "ru")) == (english, russian)


@pytest.mark.parametrize("network", [WithoutKeys, KeysOnly, ConstantWeights])
def test_each_output_must_depend_on_an_input_and_an_output_on_each_input(network):
    assert isinstance(depends_on_input(network, inputs=GIVEN, outputs=2), Failed)
    assert isinstance(output_shape(network, SIZES, inputs=GIVEN), Passed)


def test_what_changes_by_too_little_to_tell_is_left_to_a_person():
    assert isinstance(depends_on_input(Faint, inputs=GIVEN, outputs=2), Unknown)


def test_each_output_has_a_batch_of_finite_numbers():
    assert isinstance(finite_output(NotFinite, inputs=GIVEN, outputs=2), Failed)
    assert isinstance(finite_output(OneBatch, inputs=GIVEN, outputs=2), Failed)
    assert isinstance(output_shape(OneBatch, SIZES, inputs=GIVEN), Failed)


def test_an_argument_of_another_name_is_an_error_that_is_told():
    verdict = output_shape(OtherNames, SIZES, inputs=GIVEN)
    assert isinstance(verdict, Failed)
    assert "`forward` has no argument `keys`: are its arguments named as the exercise says?" in report(verdict, "en")
    assert "У `forward` нет аргумента `keys`: названы ли аргументы так, как в задании?" in report(verdict, "ru")
    assert isinstance(output_shape(OtherNames, SIZES, inputs=[*GIVEN.values()]), Passed)


@pytest.mark.parametrize(
    "ask",
    [
        sizes_by_convolution_and_pooling,
        unpadded_convolution,
        padded_convolution,
        without_padding,
        lambda network, **asked: receptive_field(network, 3, **asked),
    ],
)
def test_a_rule_on_one_map_could_not_tell_of_several(ask):
    for verdict in (ask(TwoImages, inputs=[Normal((3, 8, 8))] * 2), ask(Detecting, outputs=2)):
        assert isinstance(verdict, Unknown)
        assert "the rule speaks of one image and one map" in report(verdict, "en")
        assert "правило говорит об одном изображении и одной карте" in report(verdict, "ru")
    assert isinstance(ask(Detecting), Waiting)  # as another check says, a tensor was asked for


def test_convolutions_on_two_images_are_counted():
    inputs = [Normal((3, 8, 8))] * 2
    assert report(convolutions(TwoImages, 2, 2, inputs=inputs), "en").endswith("2 (layer, layer)")
    assert isinstance(convolutions(TwoImages, 1, 1, inputs=inputs), Failed)
    assert isinstance(depends_on_input(TwoImages, inputs=inputs), Passed)


def test_the_total_of_a_network_of_two_inputs_is_counted():
    count = elements(Attention())
    by_layer = {"layer": 24 * 8 + 24, "layer.out_proj": 72}
    assert isinstance(total_parameters(count, by_layer, Attention, count, inputs=GIVEN), Passed)
    assert isinstance(total_parameters(count - 1, by_layer, Attention, count, inputs=GIVEN), Failed)


READING = _("Reading")


@network_rule(READING, _("Reading"))
def reads_by_weights(seen: Seen):
    """A lab author's rule: the weights are PyTorch's, of the queries and keys as they are."""
    queries, keys = seen.trace.input_tensors.values()
    read, weights = seen.trace.output_tensors["read"], seen.trace.output_tensors["weights"]
    truth = F.scaled_dot_product_attention(queries, keys, torch.eye(keys.shape[1]).expand(len(keys), -1, -1))
    is_right = same_numbers(weights, truth) and same_numbers(read, truth @ keys)
    return Passed(READING, "right") if is_right else Failed(READING, "one", "another")


class Reader(nn.Module):
    scale = 8**0.5

    def forward(self, queries, keys):
        weights = torch.softmax(queries @ keys.mT / self.scale, -1)
        return {"weights": weights, "read": weights @ keys}


class Unscaled(Reader):
    scale = 1.0


def test_a_rule_of_a_labs_own_reads_inputs_and_outputs():
    assert isinstance(reads_by_weights(Reader, inputs=GIVEN, outputs=("read", "weights")), Passed)
    assert isinstance(reads_by_weights(Unscaled, inputs=GIVEN, outputs=("read", "weights")), Failed)
    waiting = reads_by_weights(Attention, inputs=GIVEN, outputs=("read", "weights"))
    assert isinstance(waiting, Waiting)
    said = "✗ Reading: can't be checked until `Attention` runs and returns the tensors that it is to return."
    assert report(waiting, "en") == said
