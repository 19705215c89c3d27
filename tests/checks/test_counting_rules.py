from collections import OrderedDict, UserDict

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from autograder.checks.rules import layer_parameters, parameter_budget, total_parameters
from autograder.checks.verdicts import Failed, Passed, Unanswered, Waiting, report
from autograder.network import Recipe

SHARED = Recipe("Conv2d", 8, 8, 3, bias=False)
NESTED = Recipe(
    "Sequential",
    {
        "stem": Recipe("Conv2d", 3, 8, 3),
        "norm": Recipe("BatchNorm2d", 8),
        "block": Recipe("Sequential", SHARED, Recipe("ReLU"), SHARED),
        "head": Recipe("Linear", 8, 10),
    },
)


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, 1)
        self.conv3 = nn.Conv2d(12, 32, 3, padding=1)

    def forward(self, x):
        return F.relu(self.conv3(F.relu(self.conv1x1(F.relu(self.conv1(x))))))


class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(1))
        self.left = nn.Conv2d(3, 3, 1)
        self.right = nn.Conv2d(3, 3, 1)
        self.right.weight = self.left.weight

    def forward(self, x):
        return self.scale * self.right(self.left(x))


class Stopping(nn.Module):
    def forward(self, x):
        return self.conv1(x)


def per_layer(net):
    counts = {}
    for name, module in net.named_modules():
        own = sum(parameter.numel() for parameter in module.parameters(recurse=False))
        if name and own:
            counts[name] = own
    return counts


def told(verdict):
    assert isinstance(verdict, Failed)
    return report(verdict, "en")


@pytest.mark.parametrize("mapping", [dict, OrderedDict, UserDict])
def test_any_mapping_from_layers_to_numbers_passes(mapping):
    verdict = layer_parameters(lambda net: mapping(per_layer(net)), NESTED)
    assert report(verdict, "en") == "✓ Parameters by layer: 4 layers are right"


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"block": 576}, "['block']: expected no such entry, got 576.\n  This layer has no parameters of its own."),
        ({"block.1": 0}, "['block.1']: expected no such entry, got 0.\n  This layer has no parameters of its own."),
        ({"block.2": 576}, "  It is the same layer as 'block.0', which is counted already."),
        ({"": 906}, "  This is the network as a whole: its layers are counted under their own names."),
        ({"tail": 1}, "  The network has no layer of this name."),
        ({3: 1}, "[3]: expected no such entry, got 1.\n  The keys are the names of the layers"),
        ({"stem": 216}, "['stem']: expected 224, got 216.\n  stem (weight, bias): 8·3·3·3 + 8 = 224."),
        ({"norm": 32}, "['norm']: expected 16, got 32.\n  norm (weight, bias): 8 + 8 = 16."),
        ({"head": True}, "['head']: expected 90, got True."),
        ({"head": "90"}, "['head']: expected 90, got the string '90'."),
    ],
)
def test_a_wrong_entry_is_named_with_its_arithmetic(change, text):
    assert text in told(layer_parameters(lambda net: per_layer(net) | change, NESTED))


def test_a_large_count_must_be_exact():
    recipe = Recipe("Sequential", Recipe("Linear", 1000, 1000))
    verdict = layer_parameters(lambda net: {name: count + 1 for name, count in per_layer(net).items()}, recipe)
    assert "['0']: expected 1,001,000, got 1,001,001." in told(verdict)


def test_a_missing_layer_is_named():
    def function(net):
        return {name: count for name, count in per_layer(net).items() if "." not in name}

    assert told(layer_parameters(function, NESTED)) == (
        "✗ function(net)['block.0']: expected 576, got no such entry.\n"
        "  The keys are ['stem', 'norm', 'head'].\n"
        "  block.0 (weight): 8·8·3·3 = 576."
    )


def test_modules_as_keys_are_told():
    verdict = layer_parameters(lambda net: per_layer(net) | {net: 906}, NESTED)
    assert "[<Sequential>]: expected no such entry" in told(verdict)


@pytest.mark.parametrize("value", [None, 906, [("stem", 224)], nn.ReLU()])
def test_what_is_no_dictionary_fails(value):
    assert "expected a dictionary of layers and their numbers, got " in told(layer_parameters(lambda net: value, NESTED))


def test_the_truth_is_that_of_the_network_before_the_function_changed_it():
    def function(net):
        counts = per_layer(net)
        del net.block
        return counts

    assert isinstance(layer_parameters(function, NESTED), Passed)


def test_a_budget_is_kept_or_the_biggest_layers_are_shown():
    assert report(parameter_budget(CompactNet, 4780), "en") == "✓ Number of parameters: 4780 of at most 4780"
    assert told(parameter_budget(CompactNet, 4779)) == (
        "✗ Number of parameters: expected at most 4779, got 4780.\n"
        "  conv3 = 32·12·3·3 + 32 = 3488.\n"
        "  conv1 = 32·3·3·3 + 32 = 896.\n"
        "  conv1x1 = 12·32·1·1 + 12 = 396."
    )


@pytest.mark.parametrize(("pooled", "advises"), [(nn.AdaptiveAvgPool2d(1), False), (nn.AvgPool2d(4), True)])
def test_a_linear_layer_is_told_to_average_a_map_that_is_none_of_one_pixel(pooled, advises):
    def network():
        features = 32 * pooled(torch.zeros(1, 30, 30)).numel()
        return nn.Sequential(nn.Conv2d(3, 32, 3), pooled, nn.Flatten(), nn.Linear(features, 2000))

    assert ("Average the map before it" in told(parameter_budget(network, 1000))) == advises


def test_weights_that_are_not_registered_are_told_as_such():
    class Hiding(nn.Module):
        def __init__(self):
            super().__init__()
            self.weights = [torch.randn(8, 3, 3, 3)]

        def forward(self, x):
            return F.conv2d(x, self.weights[0])

    assert told(parameter_budget(Hiding, 100)).endswith(
        "got 216.\n  unregistered tensors: 216.\n"
        "  Layers in a Python list are not registered: keep them in `nn.ModuleList` or `nn.Sequential`.\n"
        "  Weights that `forward` makes anew count as well."
    )


def test_a_buffer_that_counts_is_told_as_such():
    class Buffered(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("kernel", torch.randn(8, 3, 3, 3))

        def forward(self, x):
            return F.conv2d(x, self.kernel)

    assert told(parameter_budget(Buffered, 100)).endswith(
        "kernel is a buffer: used as a weight, it counts as well."
    )


def test_the_right_total_passes():
    counts = per_layer(CompactNet())
    assert isinstance(total_parameters(sum(counts.values()), counts, CompactNet, 50_000), Passed)


@pytest.mark.parametrize("total", [13, 15])
def test_parameters_tied_or_at_the_root_may_be_summed_either_way(total):
    assert sum(parameter.numel() for parameter in Tied().parameters()) == 16
    assert sum(per_layer(Tied()).values()) == 24
    counts = per_layer(Tied())
    assert isinstance(total_parameters(total, counts, Tied, 50_000), Failed)
    assert isinstance(total_parameters(16, counts, Tied, 50_000), Passed)
    assert isinstance(total_parameters(24, counts, Tied, 50_000), Passed)


COUNTS = {"conv1": 896, "conv1x1": 396, "conv3": 3488}


@pytest.mark.parametrize("counts", [OrderedDict(COUNTS), UserDict(COUNTS), {**COUNTS, "conv1": torch.tensor([896.0])}])
def test_any_mapping_of_names_to_numbers_is_a_breakdown(counts):
    assert isinstance(total_parameters(4780, counts, CompactNet, 50_000), Passed)


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ({}, "per_layer['conv1']: expected 896, got no such entry.\n  The keys are [].\n  conv1 (weight, bias): 864 + 32 = 896."),
        ("4780", "`per_layer`: expected a dictionary of layers and their numbers, got the string '4780'."),
        ([896, 396, 3488], "`per_layer`: expected a dictionary of layers and their numbers, got [896, 396, 3488]."),
        ({"stem": 4000, "head": 780}, "per_layer['conv1']: expected 896, got no such entry."),
        ({**COUNTS, "conv1x1": 384}, "per_layer['conv1x1']: expected 396, got 384.\n  conv1x1 (weight, bias): 384 + 12 = 396."),
        ({**COUNTS, "conv1x1": True}, "per_layer['conv1x1']: expected 396, got True."),
        ({**COUNTS, "": 4780}, "per_layer['']: expected no such entry, got 4780."),
        ({**COUNTS, "conv4": 0}, "per_layer['conv4']: expected no such entry, got 0."),
    ],
)  # fmt: skip
def test_a_breakdown_that_is_not_the_networks_fails_by_its_first_wrong_entry(counts, says):
    verdict = total_parameters(4780, counts, CompactNet, 50_000)
    assert isinstance(verdict, Failed) and says in told(verdict)


def test_what_lies_at_the_root_may_be_listed_or_not():
    counts = per_layer(Tied())
    assert isinstance(total_parameters(24, {"": 1, **counts}, Tied, 50_000), Passed)
    assert "per_layer['']: expected 1, got 25." in told(total_parameters(24, {"": 25, **counts}, Tied, 50_000))


def test_a_layer_named_by_thousands_of_digits_is_a_layer():
    name = "7" * 4500

    class Named(CompactNet):
        def __init__(self):
            super().__init__()
            self.add_module(name, nn.Linear(2, 2))

    counts = {**COUNTS, name: 6}
    assert isinstance(total_parameters(4786, counts, Named, 50_000), Passed)
    for total, broken in ((1, counts), (4786, COUNTS)):
        verdict = total_parameters(total, broken, Named, 50_000)
        assert all(report(verdict, language).startswith("✗") for language in ("ru", "en"))
    assert report(layer_parameters(lambda net: {}, Recipe("Sequential", {name: Recipe("Linear", 2, 2)})), "ru")


@pytest.mark.parametrize(
    ("total", "why"),
    [
        (4781, "got 4781."),
        (4780.0, "got 4780.0.\n  This is a float; a whole number is needed."),
        (True, "got True.\n  This is an object of type `bool`; a whole number is needed."),
        ("4780", "got the string '4780'."),
        ({"total": 4780}, "got {'total': 4780}.\n  This is an object of type `dict`; a whole number is needed."),
        (torch.ones(2, 2), "got <Tensor 2×2>.\n  This is an object of type `Tensor 2×2`; a whole number is needed."),
    ],
)
def test_a_wrong_total_is_told_with_its_kind_and_the_sum(total, why):
    verdict = total_parameters(total, {}, CompactNet, 50_000)
    assert told(verdict).endswith(f"expected 4780, {why}\n  conv1 896 + conv1x1 396 + conv3 3488 = 4780.")


def test_large_numbers_are_grouped_in_sums_as_in_the_headline():
    def wide():
        return nn.Sequential(nn.Conv2d(3, 64, 3), nn.Conv2d(64, 128, 3))

    assert report(parameter_budget(wide, 50_000), "ru").replace("\N{NO-BREAK SPACE}", "_") == (
        "✗ Число параметров: ожидалось не больше 50_000, получено 75_648.\n"
        "  1 = 128·64·3·3 + 128 = 73_856.\n"
        "  0 = 64·3·3·3 + 64 = 1792."
    )
    assert told(total_parameters(1, {}, wide, 50_000)).endswith("0 1792 + 1 73,856 = 75,648.")


def test_a_total_over_the_budget_fails():
    assert "expected at most 4000, got 4780." in told(total_parameters(4780, COUNTS, CompactNet, 4000))


def test_variables_that_are_still_none_are_not_answered():
    for name, total, counts in (("total", None, {}), ("per_layer", 1, None)):
        verdict = total_parameters(total, counts, CompactNet, 1)
        assert isinstance(verdict, Unanswered)
        assert report(verdict, "en") == (
            f"✗ `{name}` is not answered yet.\n"
            f"  `{name}` is None. If you have filled it in: `print` and a function without `return` give None.\n"
            "  Or that cell has stopped with an error: mend what it names, or run the cells above it; then run it again."
        )


def test_the_budget_waits_for_a_network_that_runs():
    assert isinstance(parameter_budget(Stopping, 50_000), Waiting)


def test_the_total_needs_no_more_than_a_network_that_can_be_made():
    class Unmade(nn.Module):
        def __init__(self):
            raise ValueError

    class Lying(Stopping):
        def __init__(self):
            super().__init__()
            self.late = nn.LazyConv2d(4, 3)

        def named_modules(self, *args, **options):
            raise ValueError

    assert isinstance(total_parameters(0, {}, Stopping, 50_000), Passed)
    assert isinstance(total_parameters(1, {}, Lying, 50_000), Failed)
    assert isinstance(total_parameters(0, {}, Unmade, 50_000), Waiting)
