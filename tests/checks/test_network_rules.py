import re

import pytest
import torch
from hypothesis import event, given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional as F

from autograder.checks.rules import (
    convolutions,
    depends_on_input,
    finite_output,
    output_shape,
    padded_convolution,
    parameter_budget,
    pointwise_reduction,
    sizes_by_convolution_and_pooling,
    unpadded_convolution,
    without_padding,
)
from autograder.checks.verdicts import Failed, Passed, Unanswered, Unknown, Waiting, report
from autograder.network import CannotReplay, Trace

SIZE = (64, 16, 16)


class ModelPad0(nn.Module):
    def __init__(self, kernel_size=2, in_channels=32, out_channels=64):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size, stride=2)
        self.conv2 = nn.Conv2d(in_channels, out_channels, 3, padding=1)

    def forward(self, x):
        return torch.relu(self.conv2(torch.relu(self.conv1(x))))


def told(verdict):
    assert isinstance(verdict, Failed)
    return report(verdict, "en")


def network(function):
    """A network class whose `forward` is the function."""
    return type("Net", (nn.Module,), {"forward": lambda self, x: function(x)})


def test_the_reference_network_passes_every_rule():
    verdicts = [
        output_shape(ModelPad0, SIZE),
        sizes_by_convolution_and_pooling(ModelPad0),
        depends_on_input(ModelPad0),
        convolutions(ModelPad0),
        unpadded_convolution(ModelPad0),
        finite_output(ModelPad0),
    ]
    assert all(isinstance(verdict, Passed) for verdict in verdicts)


def test_a_wrong_size_is_told_in_both_languages_with_the_smallest_change():
    verdict = output_shape(lambda: ModelPad0(kernel_size=3), SIZE)
    assert report(verdict, "en") == (
        "✗ Output size: expected 64×16×16, got 64×15×15.\n"
        "  conv1: (32 + 2·0 − 1·(3−1) − 1)/2 + 1 = 15.5 → 15.  With kernel_size=2 it gives 16."
    )
    assert report(verdict, "ru") == (
        "✗ Размер выхода: ожидалось 64×16×16, получено 64×15×15.\n"
        "  conv1: (32 + 2·0 − 1·(3−1) − 1)/2 + 1 = 15.5 → 15.  С kernel_size=2 получится 16."
    )


def test_no_change_is_told_of_a_setting_that_another_rule_asks_for():
    class PooledTooFar(nn.Sequential):
        def __init__(self):
            super().__init__(nn.Conv2d(3, 32, 3), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3, padding=1))

    free, kept = output_shape(PooledTooFar, SIZE), output_shape(PooledTooFar, SIZE, may_change=("kernel_size", "stride"))
    assert "With padding=1 it gives 32." in report(free, "en")
    assert "2: (15 + 2·1 − 1·(3−1) − 1)/1 + 1 = 15.  With kernel_size=2 it gives 16." in report(kept, "en")


LAYERS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 2), st.integers(0, 2), st.integers(1, 2), st.booleans()),
    min_size=1,
    max_size=3,
)


def stack(layers):
    """Convolutions, each with or without a max pooling after it, named 0, 1, 2 and so on."""
    modules = []
    for kernel_size, stride, padding, dilation, pooled in layers:
        modules.append(nn.Conv2d(3, 3, kernel_size, stride, padding, dilation))
        modules += [nn.MaxPool2d(2)] if pooled else []
    return nn.Sequential(*modules)


@settings(deadline=None, max_examples=40)
@given(LAYERS, st.integers(1, 20))
def test_the_change_that_a_message_names_gives_the_wanted_size(layers, wanted):
    text = report(output_shape(lambda: stack(layers), (3, wanted, wanted)), "en")
    advice = re.search(r"  (\d): .* With (\w+)=(\d+) it gives", text)
    event("advice" if advice else "no advice")
    if advice:
        place, setting, value = int(advice[1]), advice[2], int(advice[3])
        network = stack(layers)
        old = network[place]
        settings = {name: getattr(old, name) for name in ("kernel_size", "stride", "padding", "dilation")}
        network[place] = nn.Conv2d(3, 3, **(settings | {setting: value}))
        assert network(torch.zeros(1, 3, 32, 32)).shape == (1, 3, wanted, wanted)


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: ModelPad0(out_channels=32), "got 32×16×16.\n  conv2 has out_channels=32, but out_channels=64 is needed."),
        (lambda: nn.Conv2d(3, 64, (2, 3), 2), "got 64×16×15.\n  forward, width: (32 + 2·0 − 1·(3−1) − 1)/2 + 1 = 15.5 → 15."),
        (lambda: nn.Sequential(nn.Conv2d(3, 64, 3), nn.AdaptiveAvgPool2d(8)), "got 64×8×8.\n  0: (32 + 2·0"),
        (lambda: nn.Flatten(), "expected 1×64×16×16, got 1×3072.\n  The axes of a feature map are"),
        (network(lambda x: torch.zeros(1, *SIZE)), "expected 2×64×16×16, got 1×64×16×16.\n  The first axis"),
    ],
)
def test_other_shapes_are_explained(make, text):
    assert text in told(output_shape(make, SIZE))


class NoSuper(nn.Module):
    def __init__(self):
        self.conv1 = nn.Conv2d(3, 64, 2, 2)


class WithArgument(nn.Module):
    def __init__(self, width):
        super().__init__()


class NoForward(nn.Module):
    def forvard(self, x):
        return x


class NoSelf(nn.Module):
    def forward(x):
        return x


class Exiting(nn.Module):
    def forward(self, x):
        raise SystemExit(1)


LAYERS_IN_A_LIST = [nn.ReLU()]
BROKEN = [
    (lambda: ModelPad0(in_channels=16), "stopped at conv2 (Conv2d), which received 1×32×16×16.\n  conv2 has in_channels=16, but 32 came: in_channels=32 fits.\n  RuntimeError: "),
    (lambda: nn.Sequential(nn.Conv2d(3, 4, 2, 2), nn.Conv2d(4, 4, 20)), "stopped at 1 (Conv2d), which received 1×4×16×16.\n  The kernel (20×20) does not fit into the map (16×16 with its padding)."),
    (lambda: nn.Sequential(nn.Flatten(), nn.Linear(5, 10)), "1 has in_features=5, but 3072 came: in_features=3072 fits."),
    (lambda: nn.Sequential(nn.BatchNorm2d(4)), "0 has num_features=4, but 3 came: num_features=3 fits."),
    (lambda: nn.Sequential(nn.MaxPool2d(40)), "The map is smaller than the window of 0."),
    (network(lambda x: x + x[:, :, 1:]), "Sizes 32 and 31 can't be combined element by element."),
    (network(lambda x: unknown(x)), "\n  NameError: name 'unknown' is not defined"),  # noqa: F821
    (network(lambda x: None), "but `forward` returned `None`.\n  Does `forward` end with `return`?"),
    (network(lambda x: (x, x)), "but `forward` returned `tuple`."),
    (NoSuper, "but `NoSuper()` raised AttributeError: cannot assign module before Module.__init__() call.\n  `__init__` must begin with `super().__init__()`."),
    (lambda: nn.Sequential(nn.Conv2d(3, 4, 3, padding=(3 - 1) / 2)), "Kernel size, stride, padding and channels are whole numbers"),
    (lambda: nn.Sequential(nn.Conv2d(3, 4, 6 / 2)), "Kernel size, stride, padding and channels are whole numbers"),
    (lambda: nn.Sequential(nn.MaxPool2d(4 / 2)), "Kernel size, stride, padding and channels are whole numbers"),
    (lambda: nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU), "`nn.ReLU` is the class of a layer"),
    (network(lambda x: LAYERS_IN_A_LIST(x)), "A list of layers is no layer"),
    (lambda: nn.ModuleList([nn.ReLU()]), "A list of layers is no layer"),
    (lambda: nn.Conv2d(3, 4, 3, strides=2), "`Conv2d` has no argument `strides`"),
    (lambda: nn.Conv2d(3, 4, 3, activation="relu"), "An activation is a layer of its own"),
    (lambda: nn.Sequential(nn.BatchNorm1d(3)), "what normalises maps is `nn.BatchNorm2d`"),
    (WithArgument, "The check makes the network as `WithArgument()`: give its arguments default values."),
    (NoForward, "The network has no `forward`: is the name right"),
    (NoSelf, "`forward` takes the network and the images: `def forward(self, x)`."),
    (Exiting, "raised SystemExit: 1."),
    (network(lambda x: 1 / 0), "ZeroDivisionError: division by zero"),
]


@pytest.mark.parametrize(("make", "text"), BROKEN)
def test_a_network_that_does_not_run_is_explained_once(make, text):
    assert text in told(output_shape(make, SIZE))
    assert text in told(finite_output(make))
    for rule in (
        sizes_by_convolution_and_pooling,
        depends_on_input,
        convolutions,
        unpadded_convolution,
        padded_convolution,
        pointwise_reduction,
    ):
        assert isinstance(rule(make), Waiting)
    assert isinstance(parameter_budget(make, 50_000), Waiting)


def test_a_waiting_check_names_what_it_waits_for():
    assert report(convolutions(NoSuper), "en") == (
        "✗ Convolutions on the way from input to output: can't be checked until `NoSuper` runs and returns a tensor."
    )


@pytest.mark.parametrize("rule", [lambda answer: output_shape(answer, SIZE), convolutions, finite_output])
def test_a_ready_network_of_layers_is_told_to_be_written_as_a_class(rule):
    assert "write a `class Name(nn.Module):`" in told(rule(nn.Sequential(nn.Conv2d(3, 4, 3))))


@pytest.mark.parametrize("rule", [lambda answer: output_shape(answer, SIZE), convolutions, finite_output])
def test_what_is_not_a_class_is_told_by_every_rule(rule):
    assert told(rule(ModelPad0())) == (
        "✗ `ModelPad0`: expected the class, got an instance.\n"
        "  `ModelPad0()` is an instance; the check takes the class: `ModelPad0`, without parentheses."
    )
    assert told(rule(5)) == "✗ Answer: expected the class of a network, got an object of type `int`."
    assert "✗ `int()`: expected an `nn.Module`, got an object of type `int`." in told(rule(int))


class StubInConstructor(nn.Module):
    def __init__(self):
        raise NotImplementedError()


class StubInForward(nn.Module):
    def forward(self, x):
        raise NotImplementedError


@pytest.mark.parametrize("stub", [StubInConstructor, StubInForward])
@pytest.mark.parametrize("rule", [lambda answer: output_shape(answer, SIZE), convolutions, finite_output])
def test_a_stub_is_not_answered(stub, rule):
    assert rule(stub) == Unanswered(stub.__name__)


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (
            lambda: nn.Sequential(nn.Conv2d(3, 4, 3), nn.Upsample(16), nn.ReLU()),
            "only convolution and pooling may change the size, "
            "but `upsample_nearest2d` turned 30×30 into 16×16 on the way to the output.",
        ),
        (lambda: nn.Sequential(nn.Conv2d(3, 4, 3), nn.ConvTranspose2d(4, 4, 3)), "but a transposed convolution turned 30×30 into 32×32"),
    ],
)
def test_a_size_from_elsewhere_is_told(make, text):
    assert text in told(sizes_by_convolution_and_pooling(make))


def test_a_constant_output_does_not_depend_on_the_input():
    constant = network(lambda x: torch.ones(len(x), 2) + 0 * x.mean())
    assert "got the same output for any input." in told(depends_on_input(constant))


@pytest.mark.parametrize("rule", [depends_on_input, convolutions, unpadded_convolution, pointwise_reduction])
def test_what_numpy_computed_is_told_as_such(rule):
    def forward(x):
        return F.conv2d(torch.from_numpy(x.numpy() * 2), torch.ones(1, 3, 3, 3))

    message = told(rule(network(forward)))
    assert "Values pass through NumPy" in message and "any input" not in message


def test_numbers_that_are_not_finite_fail():
    assert "got NaN or infinity among them." in told(finite_output(network(torch.log)))
    assert "expected finite numbers of size 2×…, got 1×3×32×32." in told(finite_output(network(lambda x: x[:1])))


def test_a_network_that_works_for_one_batch_size_only_is_seen():
    assert isinstance(finite_output(network(lambda x: x.view(1, 3, 1024)), batch_sizes=(1,)), Passed)
    assert isinstance(finite_output(network(lambda x: x.view(1, 3, 1024))), Failed)


def test_what_an_option_says_can_be_said_in_its_place():
    silent = output_shape(ModelPad0, (64, 15, 15), may_change=())
    assert output_shape(ModelPad0, (64, 15, 15), ()) == silent != output_shape(ModelPad0, (64, 15, 15))


def test_a_number_beside_the_map_is_no_map():
    class Scaled(nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = Scaling(5, 2)

        def forward(self, x):
            return self.linear(torch.tensor(2.0), x)

    class Scaling(nn.Linear):
        def forward(self, scale, x):
            return super().forward(scale * x)

    assert "cannot be multiplied" in report(finite_output(Scaled), "en")


def test_other_inputs_can_be_asked_for():
    assert isinstance(output_shape(lambda: nn.Conv2d(1, 2, 3), (2, 6, 6), input_shape=(1, 8, 8)), Passed)


def test_what_a_replay_does_not_know_could_not_be_told(monkeypatch):
    def unknown(self):
        raise CannotReplay("no replay of aten.new_thing")

    monkeypatch.setattr(Trace, "convolutions", property(unknown))
    verdict = convolutions(ModelPad0)
    assert isinstance(verdict, Unknown)
    assert "no replay of aten.new_thing\n  What can be judged at once: " in report(verdict, "en")
    assert isinstance(output_shape(ModelPad0, SIZE), Passed)


class AnotherUnwatched(ModelPad0):
    def forward(self, x):
        return super().forward(x) * (2 if torch._C._len_torch_dispatch_stack() else 1)


@pytest.mark.parametrize(
    "rule", [sizes_by_convolution_and_pooling, depends_on_input, convolutions, unpadded_convolution, finite_output]
)
def test_a_network_that_is_another_unwatched_is_for_a_person(rule):
    for verdict in (rule(AnotherUnwatched), output_shape(AnotherUnwatched, SIZE)):
        assert isinstance(verdict, Unknown)
        assert "on other images, and while nothing records it, the network does something else" in report(verdict, "en")
        assert "на других изображениях, без записи, сеть делает что-то другое" in report(verdict, "ru")
    assert isinstance(output_shape(AnotherUnwatched, (1, 1, 1)), Failed)  # of what was recorded that is wrong, too


def test_the_size_of_what_is_too_large_to_replay_is_judged_where_it_is_wrong(monkeypatch):
    monkeypatch.setattr("autograder.network.evidence.MOST_ELEMENTS", 1000)
    assert isinstance(output_shape(ModelPad0, SIZE), Unknown)
    assert told(output_shape(ModelPad0, (64, 15, 16))).startswith("✗ Output size: expected 64×15×16, got 64×16×16.")
    assert isinstance(finite_output(ModelPad0), Unknown)


@pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16])
def test_images_are_of_the_notebooks_default_dtype(dtype):
    try:
        torch.set_default_dtype(dtype)
        for verdict in (output_shape(ModelPad0, SIZE), sizes_by_convolution_and_pooling(ModelPad0), finite_output(ModelPad0)):
            assert isinstance(verdict, Passed)
    finally:
        torch.set_default_dtype(torch.float32)


def test_a_check_leaves_the_notebook_as_it_was(capsys):
    class Noisy(ModelPad0):
        def forward(self, x):
            print("noise")
            torch.manual_seed(3)
            return super().forward(x)

    torch.manual_seed(1)
    wanted, threads = torch.rand(3), torch.get_num_threads()
    torch.manual_seed(1)
    assert isinstance(output_shape(Noisy, SIZE), Passed)
    assert torch.equal(torch.rand(3), wanted)
    assert torch.get_num_threads() == threads
    assert capsys.readouterr() == ("", "")


class Residual(nn.Module):
    """Convolutions of 3×3 beside the map, behind a scale of each channel, and the two of `ModelPad0`."""

    def __init__(self, scale, deep=1):
        super().__init__()
        self.stem = nn.Conv2d(3, 64, 2, stride=2)
        self.branch = nn.Sequential(nn.Conv2d(64, 16, 1), *(nn.Conv2d(16, 16, 3, padding=1) for _ in range(deep)), nn.Conv2d(16, 64, 1))
        self.scale = scale

    def forward(self, x):
        x = torch.relu(self.stem(x))
        return x + self.scale * self.branch(x)


@pytest.mark.parametrize("size", [0.0, 1e-6])
def test_what_a_scale_that_begins_at_zero_hides_is_neither_passed_nor_failed(size):
    def made(deep):
        return Residual(nn.Parameter(torch.full((64, 1, 1), size)), deep)

    assert isinstance(convolutions(lambda: made(deep=2)), Unknown)
    assert isinstance(pointwise_reduction(lambda: made(deep=1)), Unknown)
    assert isinstance(convolutions(lambda: made(deep=2), at_most=5), Passed)
    assert isinstance(unpadded_convolution(lambda: made(deep=1)), Passed)


def test_what_a_constant_zero_hides_is_not_there():
    assert isinstance(convolutions(lambda: Residual(0.0, deep=8)), Passed)
    assert isinstance(pointwise_reduction(lambda: Residual(0.0)), Failed)


def test_a_last_layer_that_begins_at_zero_may_depend_on_the_input():
    class Network(ModelPad0):
        def __init__(self):
            super().__init__()
            nn.init.zeros_(self.conv2.weight)

    assert isinstance(depends_on_input(Network), Unknown)


def behind(gate):
    """Three convolutions, and one more that a gate of the network's own parameters lets through."""

    class Gated(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.second = nn.Conv2d(3, 16, 3, padding=1), nn.Conv2d(16, 64, 2, stride=2)
            self.third, self.fourth = nn.Conv2d(64, 64, 3, padding=1), nn.Conv2d(64, 64, 3, padding=1)
            self.gain, self.loss = nn.Parameter(torch.zeros(1)), nn.Parameter(torch.zeros(1))
            self.mixed = nn.Parameter(torch.tensor([1.0, 0.0]))

        def forward(self, x):
            x = self.third(torch.relu(self.second(torch.relu(self.first(x)))))
            return x + gate(self) * self.fourth(x)

    return Gated


@pytest.mark.parametrize(
    "gate",
    [
        lambda net: net.gain - net.loss, lambda net: torch.relu(net.gain), lambda net: torch.relu(-net.gain),
        lambda net: net.mixed[1],
    ],
    ids=["difference", "positive", "negative", "part of a tensor"],
)  # fmt: skip
def test_parameters_of_zero_hide_nothing_however_they_gate(gate):
    assert isinstance(convolutions(behind(gate)), Unknown)


def test_a_pooling_behind_a_parameter_of_zero_is_not_passed_over():
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv, self.gain = nn.Conv2d(3, 8, 3), nn.Parameter(torch.zeros(1))

        def forward(self, x):
            x = self.conv(x)
            return x + self.gain * F.max_pool2d(x, 3, 1, 1)

    assert isinstance(without_padding(Network), Unknown)


def test_chance_hides_no_convolution():
    """With one draw of the weights the gate is zero for every image, with another it is not."""

    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.second = nn.Conv2d(3, 28, 3, 2, 1), nn.Conv2d(28, 64, 3, 1, 1)
            self.third, self.gate = nn.Conv2d(64, 64, 3, 1, 1), nn.Conv2d(64, 1, 1)

        def forward(self, x):
            x = self.third(torch.relu(self.second(torch.relu(self.first(x)))))
            return torch.relu(x) * (1 + torch.relu(self.gate(torch.relu(x))))

    assert isinstance(convolutions(Network), Failed)


def test_maps_of_two_sizes_joined_take_a_pointwise_convolution():
    class UNet(nn.Module):
        def __init__(self):
            super().__init__()
            self.fine, self.coarse = nn.Conv2d(3, 8, 3, padding=1), nn.Conv2d(8, 16, 3, stride=2, padding=1)
            self.join = nn.Conv2d(24, 8, 1)

        def forward(self, x):
            x = self.fine(x)
            return self.join(torch.cat([x, F.interpolate(self.coarse(x), scale_factor=2)], 1))

    assert isinstance(pointwise_reduction(UNet), Passed)


def test_what_stops_for_several_images_alone_says_so():
    class Network(ModelPad0):
        def forward(self, x):
            return super().forward(x).view(1, 64, 16, 16)

    assert "So it is with 2 images at once; with fewer it is right." in told(output_shape(Network, SIZE))
