"""A prediction is set beside the fact that a cell observed; nothing is marked, and nothing stops a notebook."""

import pytest
import torch
from torch import nn

from autograder.checks import notebook

LAYER = nn.Conv2d(3, 4, kernel_size=3, stride=2)
IMAGES = torch.zeros(1, 3, 32, 32)


@pytest.fixture
def said(capsys):
    """What the notebook says of a prediction, in a language."""

    def say(how, *arguments, language="en", **options):
        _answer, check = notebook(language, {})
        assert getattr(check, how)(*arguments, **options) is None
        return capsys.readouterr().out.splitlines()

    return say


@pytest.mark.parametrize("guess", [..., None, "", "…", (), (3, None)])
def test_an_empty_one_is_told_the_fact(said, guess):
    assert said("predict", guess, 15) == ["– No prediction; it is 15."]
    assert said("predict", guess, 15, language="ru") == ["– Прогноза нет; вышло 15."]


@pytest.mark.parametrize("guess", [..., {}, {"other": 3}, {"stride=2": ...}])
def test_empty_ones_of_several_are_told_shortly(said, guess):
    assert said("predict", guess, {"stride=2": 15}) == ["– stride=2: it is 15."]


@pytest.mark.parametrize(
    ("guess", "fact", "how"),
    [
        (15, 15, {}),
        ("15", 15, {}),
        ("−0,5", -0.5, {}),  # as it is written in Russian
        (torch.tensor(15), 15, {}),
        ((3, 5), torch.Size([3, 5]), {}),
        ([3, 5], (3, 5), {}),
        ("3x5", (3, 5), {}),
        (16, (16, 16), {}),
        (True, True, {}),
        (" b ", "B", {"among": ("A", "B")}),
        ("В", "B", {"among": ("A", "B")}),  # the Russian letter
        (12, 12.4, {"within": 0.5}),
        ("0,82", 0.8165, {}),
        ({"a": 1}, {"a": 1}, {}),
    ],
)
def test_a_right_one_is_told_so_however_it_is_written(said, guess, fact, how):
    (line,) = said("predict", guess, fact, **how)
    assert line.startswith("✓ ")


@pytest.mark.parametrize("guess", [16, (5, 3), "A", False, float("nan"), 1e400])
def test_a_wrong_one_stands_beside_the_fact_and_its_arithmetic(said, guess):
    fact = {int: 15, float: 15.2, tuple: (3, 5), str: "B", bool: True}[type(guess)]
    line, why = said("predict", guess, fact, why="since 7 + 8 = 15")
    assert line.startswith("✗ Prediction: you said ") and ", it is " in line
    assert why == "  since 7 + 8 = 15"


@pytest.mark.parametrize(
    ("guess", "fact", "asked_for"),
    [
        ("many", 15, "a number"),
        (int, 15, "a number"),
        ((3, 5, 7), (3, 5), "a shape of 2 numbers, as in (…, …)"),
        ("C", "B", "one of A, B"),
        ("yes", True, "True or False"),
        ({"a": 1}, 15, "a number"),
    ],
)
def test_what_is_no_answer_to_the_question_is_told_what_was_asked_for(said, guess, fact, asked_for):
    (line,) = said("predict", guess, fact, among=("A", "B") if isinstance(fact, str) else ())
    assert line.startswith("– ") and f"but {asked_for} was asked for; it is " in line


def test_several_are_told_apart_by_name(said):
    lines = said("predict", {"p=0": 15, "p=1": 15}, {"p=0": 15, "p=1": 16, "p=2": 17}, why={"p=1": "since"})
    assert [line[:5] for line in lines] == ["✓ p=0", "✗ p=1", "  sin", "– p=2"]


@pytest.mark.parametrize("guess", [16, (16, 16), (4, 16, 16), (1, 4, 16, 16)])
def test_a_wrong_size_gets_the_formula_with_its_numbers(said, guess):
    line, why = said("predict_size", guess, LAYER, IMAGES)
    assert line.endswith("15×15.")
    assert why == "  Conv2d: (32 + 2·0 − 1·(3−1) − 1)/2 + 1 = 15.5 → 15.  With kernel_size=2 it gives 16."


def test_a_wrong_size_of_a_network_gets_the_formula_of_the_layer_by_its_name(said):
    _line, why = said("predict_size", 16, nn.Sequential(LAYER, nn.ReLU()), IMAGES)
    assert why.startswith("  0: (32 + 2·0 ")


@pytest.mark.parametrize("guess", [15, (15, 15), (4, 15, 15), "4×15×15"])
def test_a_size_may_be_predicted_with_channels_or_without(said, guess):
    (line,) = said("predict_size", guess, LAYER, IMAGES)
    assert line.startswith("✓")


def test_a_size_that_is_no_size_and_a_network_that_stops_do_not_stop_the_notebook(said):
    assert said("predict_size", "large", LAYER, IMAGES)[0].startswith("–")
    (line,) = said("predict_size", 16, LAYER, torch.zeros(1, 2, 32, 32))
    assert "an error, RuntimeError: " in line


def test_a_wrong_number_of_parameters_gets_its_products(said):
    network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
    assert said("predict_parameters", 108, network)[1:] == [
        "  0 (weight, bias): 4·3·3·3 + 4 = 112.",
        "  1 (weight, bias): 4 + 4 = 8.",
    ]
    assert said("predict_parameters", 108, network[0])[1:] == ["  Conv2d (weight, bias): 4·3·3·3 + 4 = 112."]
    assert said("predict_parameters", 120, network) == ["✓ Prediction: 120, as you said."]


def test_a_list_is_told_as_one_and_each_by_what_was_asked(said):
    assert said("predict", (1, 3), [1, 2]) == ["✗ Prediction: you said [1, 3], it is [1, 2]."]
    assert said("predict", 16, 15, "my_size", why="7 + 8") == ["✗ my_size: you said 16, it is 15.", "  7 + 8"]
    assert said("predict", ..., 15, "my_size") == ["– my_size: it is 15."]
    assert said("predict_size", 15, LAYER, IMAGES, "stride 2") == ["✓ stride 2: 15×15, as you said."]
    assert said("predict_parameters", 112, LAYER, "conv") == ["✓ conv: 112, as you said."]
