"""Figures say what their numbers are, in the reader's language, and nothing lies over anything else."""

import doctest
import inspect
from importlib.resources import files
from itertools import combinations
from string import Formatter
from unittest import mock

import matplotlib
import pytest
import torch
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter
from ipywidgets.widgets.widget import _instances
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from torch import nn
from torch.nn import functional as F

from autograder import figures
from autograder.figures.words import WORDS, words
from autograder.languages import LANGUAGES
from autograder.network import Trace, arithmetic, observe
from autograder.network.costs import Cost, costs
from autograder.network.field import Field, Sight, Stage, growth

WORDLESS = {"explore", "numbers_in_cells", "side_by_side", "sliding_window"}
CYRILLIC = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")


def drawn_texts(figure: Figure) -> list[tuple[str, object]]:
    """Every text that is drawn, ticks included, with the rectangle that it covers, in pixels."""
    texts, draw = [], Text.draw

    def recorded(text, renderer, *args, **kwargs):
        if text.get_visible() and text.get_text().strip():
            texts.append((text.get_text(), Text.get_window_extent(text, renderer)))
        return draw(text, renderer, *args, **kwargs)

    with mock.patch.object(Text, "draw", recorded):
        FigureCanvasAgg(figure).draw()
    return texts


def said(figure: Figure) -> list[str]:
    return [text for text, _place in drawn_texts(figure)]


def assert_readable(figure: Figure) -> None:
    """All texts lie inside the figure, and no two over one another."""
    texts = drawn_texts(figure)
    width, height = figure.get_size_inches() * figure.dpi
    assert width == 700
    for text, place in texts:
        assert place.x0 >= 0 and place.y0 >= 0 and place.x1 <= width and place.y1 <= height, text
    for (one, place), (other, beside) in combinations(texts, 2):
        over = min(place.x1, beside.x1) - max(place.x0, beside.x0), min(place.y1, beside.y1) - max(place.y0, beside.y0)
        assert min(over) < 1, (one, other)


def patches(figure: Figure, gid: str) -> list:
    return [patch for axes in figure.axes for patch in axes.patches if patch.get_gid() == gid]


def fronts(figure: Figure, *kinds: str) -> list[tuple[float, float]]:
    """Height and width in pixels of the boxes of these kinds."""
    return [(box.get_height(), box.get_width()) for kind in kinds for box in patches(figure, f"map {kind}")]


def image(channels: int = 3, height: int = 32, width: int = 32) -> torch.Tensor:
    return torch.zeros(1, channels, height, width)


def chain(layers: int) -> nn.Sequential:
    """Convolutions, one in three followed by a pooling as the next layer."""
    parts, channels = [], 3
    for place in range(layers):
        if place % 3 == 2:
            parts += [nn.MaxPool2d(3, stride=1, padding=1)]
        else:
            parts += [nn.Conv2d(channels, 8 * (place + 1), 3, padding=place % 2)]
            channels = 8 * (place + 1)
    return nn.Sequential(*parts)


def every_figure(language: str) -> list[Figure]:
    """Each function once with all that it can draw."""
    trace = observe(nn.Sequential(nn.Conv2d(3, 8, 3), nn.Conv2d(3, 8, 3)), image())
    less, more = torch.zeros(4, 4), torch.arange(36.0).reshape(6, 6)
    return [
        figures.shape_ladder(trace, [(8, 30, 30), (8, 28, 28)], language),
        figures.padding_difference(less, more, language),
        figures.parameter_bars({"conv": 60_000}, 50_000, language),
        figures.field_growth(Sight((32, 32), 9, Field((15, 17), (14, 18)), field_growth_of(trace)), language),
        figures.field_growth(Sight((8, 32), 9, None, ()), language),
        figures.cost_bars({"conv": Cost(60_000, 1_234_567, 2_000_000)}, language),
        figures.kernel_table(4, 6, 3, groups=2, language=language),
        figures.kernel_table(4, 6, 3, groups=3, language=language),
        figures.windows_along_axis(9, 3, stride=2, padding=1, language=language),
        figures.windows_along_axis(3, 3, dilation=2, language=language),
        figures.field_along_axis(24, [(3, 1, 0, 1), (3, 2, 1, 1), (3, 1, 0, 2)], 2, language),
    ]


def field_growth_of(trace: Trace) -> tuple[Stage, ...]:
    return growth(trace, trace.on_the_way).stages


def places(text: str) -> set[str]:
    return {part[1] for part in Formatter().parse(text) if part[1]}


class TestLanguages:
    def test_the_russian_catalogue_has_all_words_and_the_same_places_in_them(self):
        with (files(figures) / "locale/ru/LC_MESSAGES/figures.po").open("rb") as file:
            catalogue = {entry.id: entry.string for entry in read_po(file, locale="ru") if entry.id}
        assert set(catalogue) == set(WORDS.values())
        for english, russian in catalogue.items():
            assert russian and places(russian) == places(english)

    def test_a_figure_is_in_its_language_alone(self):
        for russian, english in zip(every_figure("ru"), every_figure("en"), strict=True):
            assert CYRILLIC & set("".join(said(russian)).lower())
            assert not CYRILLIC & set("".join(said(english)).lower())

    def test_russian_is_the_first_language(self):
        assert CYRILLIC & set("".join(said(figures.parameter_bars({"conv": 1}))))

    def test_an_unknown_language_is_named(self):
        with pytest.raises(ValueError, match="'de' is not one of ru, en"):
            words("de")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_figure_is_readable(self, language):
        for figure in every_figure(language):
            assert_readable(figure)


class TestShowing:
    @pytest.mark.parametrize("name", figures.__all__)
    def test_the_example_of_each_docstring_shows_a_figure(self, name):
        function = getattr(figures, name)
        known = {
            "torch": torch,
            "nn": nn,
            "F": F,
            "observe": observe,
            "costs": costs,
            "Sight": Sight,
            "Field": Field,
            **vars(figures),
        }
        (example,) = doctest.DocTestFinder(recurse=False).find(function, name, globs=known)
        assert example.examples and not doctest.DocTestRunner().run(example).failed

    @pytest.mark.parametrize("name", sorted(set(figures.__all__) - WORDLESS))
    def test_the_language_is_russian_unless_told(self, name):
        assert inspect.signature(getattr(figures, name)).parameters["language"].default == "ru"

    def test_a_notebook_shows_the_figure_whatever_backend_it_has(self):
        def of_the_backend(figure):
            raise AssertionError("shown by the backend")

        formatter = DisplayFormatter()
        formatter.formatters["image/png"].for_type(Figure, of_the_backend)
        with mock.patch("IPython.display.display") as display:
            assert formatter.format(figures.parameter_bars({"conv": 896})) == ({}, {})
        (shown,) = display.call_args.args
        assert shown["image/png"].startswith(b"\x89PNG") and "700x138" in shown["text/plain"]

    def test_the_same_numbers_give_the_same_bytes_whatever_the_reader_has_set(self):
        def shown() -> list[bytes]:
            return [figure.png() for figure in every_figure("ru")]

        before = shown()
        settings = {"font.size": 20, "savefig.bbox": "tight", "axes.facecolor": "black", "text.hinting": "none"}
        with matplotlib.rc_context(settings):
            assert shown() == before

    def test_a_readers_settings_are_as_they_were(self):
        before = dict(matplotlib.rcParams)
        every_figure("ru")
        assert dict(matplotlib.rcParams) == before


class TestShapeLadder:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("layers", range(1, 13))
    def test_one_to_twelve_layers_are_readable(self, layers, language):
        trace = observe(chain(layers), image())
        predicted = [(512, 28, 28)] * layers
        assert_readable(figures.shape_ladder(trace, predicted, language))
        assert len(fronts(figures.shape_ladder(trace), "input", "convolution", "pooling")) == layers + 1

    @settings(max_examples=15)
    @given(st.data())
    def test_boxes_are_to_scale_and_texts_hold_the_numbers(self, data):
        layers = data.draw(st.lists(st.tuples(st.integers(1, 64), st.integers(1, 5), st.integers(1, 3),
                                              st.integers(0, 2)), min_size=1, max_size=4))  # fmt: skip
        shape = 3, data.draw(st.integers(60, 300)), data.draw(st.integers(60, 300))
        parts, sizes = [], [shape]
        for channels, kernel_size, stride, padding in layers:
            parts.append(nn.Conv2d(sizes[-1][0], channels, kernel_size, stride, min(padding, kernel_size // 2)))
            after = [arithmetic.output_size(size, kernel_size, stride, parts[-1].padding[0]) for size in sizes[-1][1:]]
            if min(after) < 1:
                parts.pop()
                break
            sizes.append((channels, *after))
        figure = figures.shape_ladder(observe(nn.Sequential(*parts), image(*shape)), language="en")
        assert_readable(figure)
        boxes, texts = fronts(figure, "input", "convolution"), "\n".join(said(figure))
        scale = boxes[0][0] / shape[1]
        for (_channels, height, width), box in zip(sizes, boxes, strict=True):
            assert box == pytest.approx((max(2, scale * height), max(2, scale * width)))
        for (_channels, *before), size, layer in zip(sizes, sizes[1:], parts, strict=False):
            assert "×".join(map(str, size)) in texts
            for side in before:
                numbers = side, layer.kernel_size[0], layer.stride[0], layer.padding[0]
                assert arithmetic.output_size_sentence(*numbers) in texts

    def test_the_formula_with_its_floor_is_on_the_arrow(self):
        texts = said(figures.shape_ladder(observe(nn.Conv2d(3, 32, 3, stride=2), image())))
        assert "forward: Conv2d 3→32, kernel_size=3, stride=2, padding=0" in texts
        assert "(32 + 2·0 − 1·(3−1) − 1)/2 + 1 = 15.5 → 15" in texts

    def test_height_and_width_that_differ_each_have_a_formula(self):
        texts = said(figures.shape_ladder(observe(nn.Conv2d(3, 4, (1, 5), padding=(0, 1)), image()), language="en"))
        assert "height: (32 + 2·0 − 1·(1−1) − 1)/1 + 1 = 32" in texts
        assert "width: (32 + 2·1 − 1·(5−1) − 1)/1 + 1 = 30" in texts

    @pytest.mark.parametrize(
        ("network", "header", "has_formula"),
        [
            (nn.MaxPool2d(3, 2, 1), "MaxPool2d, kernel_size=3, stride=2, padding=1", True),
            (nn.MaxPool2d(2), "MaxPool2d, kernel_size=2, stride=2, padding=0", True),
            (nn.MaxPool2d(3, 1, dilation=2), "MaxPool2d, kernel_size=3, stride=1, padding=0, dilation=2", True),
            (nn.AvgPool2d(2, ceil_mode=True), "AvgPool2d, kernel_size=2, stride=2, padding=0", True),
            (nn.AvgPool2d(3, 2, ceil_mode=True), "AvgPool2d, kernel_size=3, stride=2, padding=0", False),
            (nn.AdaptiveMaxPool2d(4), "AdaptiveMaxPool2d, output_size=(4, 4)", False),
            (nn.AdaptiveAvgPool2d(4), "AdaptiveAvgPool2d, output_size=(4, 4)", False),
            (nn.AdaptiveAvgPool2d(1), "AdaptiveAvgPool2d, output_size=(1, 1)", False),
            (nn.Conv2d(3, 6, 3, groups=3), "Conv2d 3→6, kernel_size=3, stride=1, padding=0, groups=3", True),
            (nn.Conv2d(3, 6, 3, dilation=2), "Conv2d 3→6, kernel_size=3, stride=1, padding=0, dilation=2", True),
            (nn.ConvTranspose2d(3, 6, 2, 2), "ConvTranspose2d 3→6, kernel_size=2, stride=2, padding=0", False),
        ],
    )
    def test_every_kind_of_layer_is_named_and_only_its_own_formula_written(self, network, header, has_formula):
        texts = said(figures.shape_ladder(observe(network, image()), language="en"))
        assert f"forward: {header}" in texts
        assert any("/" in text for text in texts) == has_formula

    @pytest.mark.parametrize("passed_over", [None, ...])
    def test_a_prediction_stands_in_grey_beside_the_fact(self, passed_over):
        trace = observe(chain(3), image())
        figure = figures.shape_ladder(trace, [(8, 30, 30), passed_over, (8, 15, 16)], "en")
        assert {text for text in said(figure) if "predicted" in text} == {"predicted 8×30×30 ✓", "predicted 8×15×16 ✗"}
        (right, _wrong), (fact, _second) = fronts(figure, "predicted"), fronts(figure, "convolution")
        assert right == fact
        assert {box.get_linestyle() for box in patches(figure, "map predicted")} == {"--"}

    def test_a_list_is_a_prediction_too(self):
        assert "predicted 8×30×30 ✓" in said(figures.shape_ladder(observe(chain(1), image()), [[8, 30, 30]], "en"))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_stopped_network_is_drawn_up_to_the_layer_that_failed(self, language):
        network = nn.Sequential(nn.Conv2d(3, 32, 3, stride=2), nn.ReLU(), nn.Conv2d(16, 64, 3), nn.Conv2d(64, 8, 3))
        figure = figures.shape_ladder(observe(network, image()), [(32, 15, 15), (64, 13, 13), (8, 11, 11)], language)
        texts = said(figure)
        assert len(fronts(figure, "convolution")) == len(fronts(figure, "stopped")) == 1
        assert any("✗ 2 (Conv2d)" in text and "(1, 32, 15, 15)" in text for text in texts)
        assert "16 channels, but got 32 channels" in " ".join(texts)
        assert not any("8×11×11" in text for text in texts)
        assert_readable(figure)

    @pytest.mark.parametrize(
        ("network", "text"),
        [
            (lambda x: None, "✗ forward returns NoneType, not a tensor"),
            (nn.Flatten(), "output of the network: 3072"),
            (lambda x: x.mean(), "output of the network: ()"),
            (lambda x: F.interpolate(F.max_pool2d(x, 2), scale_factor=2), "output of the network: 3×32×32"),
            (lambda x: F.max_pool2d(F.pad(x, (0, 2)), 2), "what enters the layer is 3×32×34"),
            (lambda x: 1 / 0, "✗ forward"),
            (lambda x: x.view(7, 7), "✗ forward"),
        ],
    )
    def test_what_is_neither_convolution_nor_pooling_is_told(self, network, text):
        figure = figures.shape_ladder(observe(network, image()), language="en")
        assert text in said(figure)
        assert_readable(figure)

    def test_linear_layers_after_the_last_map_are_named(self):
        network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten(), nn.Linear(3600, 20), nn.ReLU(), nn.Linear(20, 5, False))
        figure = figures.shape_ladder(observe(network, image()), language="en")
        assert {"2: Linear 3600→20", "4: Linear 20→5", "output of the network: 5"} <= set(said(figure))
        assert_readable(figure)

    def test_several_inputs_and_outputs_are_named(self):
        def network(image, words):
            x = F.conv2d(image, torch.ones(4, 3, 3, 3))
            return {"map": x, "words": words * x.mean()}

        trace = observe(network, (image(), torch.ones(1, 7)))
        figure = figures.shape_ladder(trace, language="en")
        assert {"input 3×32×32, 1×7", "output of the network: map 4×30×30, words 7"} <= set(said(figure))
        assert_readable(figure)

    def test_a_last_map_that_is_the_output_is_not_told_twice(self):
        assert not any("output" in text for text in said(figures.shape_ladder(observe(chain(2), image()), None, "en")))

    @pytest.mark.parametrize("shape", [(3, 32, 32), (8, 3072), (1, 1, 3, 400)])
    def test_inputs_of_any_shape_are_drawn(self, shape):
        figure = figures.shape_ladder(observe(nn.ReLU(), torch.zeros(shape)))
        assert any("×".join(map(str, shape[-3:])) in text for text in said(figure))
        assert_readable(figure)

    def test_long_names_and_messages_are_cut(self):
        class Talkative(nn.Module):
            def forward(self, x):
                raise ValueError("$a_1$ " + "words " * 200)

        network = nn.Sequential()
        network.add_module("a_module_with_a_name_longer_than_any_should_be", Talkative())
        figure = figures.shape_ladder(observe(network, image()))
        assert any("longer_than_any_should_be" in text for text in said(figure))
        assert_readable(figure)


class TestPaddingDifference:
    def maps(self, size: int = 8, padding: int = 1) -> list[torch.Tensor]:
        generator = torch.Generator().manual_seed(0)
        x, weight = (torch.randn(1, 1, side, side, generator=generator) for side in (size, 2 * padding + 1))
        return [F.conv2d(x, weight, padding=each)[0, 0] for each in (0, padding)]

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(("size", "padding"), [(4, 1), (8, 1), (8, 2), (32, 1)])
    def test_inside_nothing_differs_and_the_ring_is_new(self, size, padding, language):
        less, more = self.maps(size, padding)
        figure = figures.padding_difference(less, more, language)
        texts = "\n".join(said(figure))
        centre, new = less.numel(), more.numel() - less.numel()
        mean = (more.double().sum() - less.double().sum()) / new
        assert f"padding=0: {len(less)}×{len(less)}" in texts and f"padding={padding}: {size}×{size}" in texts
        assert f": {centre}" in texts and f": {new}" in texts and f" {mean:.4g}".replace("-", "−") in texts
        assert ("largest difference 0" if language == "en" else "наибольшая разность 0") in texts
        assert len(patches(figure, "ring")) == 1
        assert_readable(figure)

    def test_maps_lie_over_one_another_and_share_their_colours(self):
        less, more = self.maps()
        figure = figures.padding_difference(less, more)
        first, second, difference = [axes.images[0] for axes in figure.axes if axes.images]
        assert first.get_extent() == [0.5, 6.5, 6.5, 0.5] and second.get_extent() == [-0.5, 7.5, 7.5, -0.5]
        both = torch.cat([less.flatten(), more.flatten()])  # a convolution of another size may be rounded otherwise
        assert first.get_clim() == second.get_clim() == (both.min().item(), both.max().item())
        assert torch.as_tensor(difference.get_array().filled(torch.nan)).isnan().sum() == 28

    def test_a_difference_inside_is_told(self):
        less, more = self.maps()
        assert "largest difference 0.5" in "\n".join(said(figures.padding_difference(less - 0.5, more, "en")))

    @pytest.mark.parametrize("shape", [(6, 6), (7, 7), (8, 7), (9, 8), (5, 8)])
    def test_maps_of_which_one_is_not_the_other_with_a_ring_are_refused(self, shape):
        with pytest.raises(ValueError, match="ring around it"):
            figures.padding_difference(torch.zeros(6, 6), torch.zeros(shape))


class TestParameterBars:
    def test_bars_are_as_long_as_their_numbers_and_the_total_is_one(self):
        figure = figures.parameter_bars({"conv1": 896, "conv1x1": 396, "conv3": 3488}, 50_000, "en")
        (axes,) = figure.axes
        assert [bar.get_width() for bar in axes.patches] == [896, 396, 3488, 4780]
        assert {"conv1", "conv1x1", "conv3", "total", "896 (19%)", "396 (8%)", "3488 (73%)", "4780",
                "✓ 4780 in all: 45,220 left of the budget", "budget 50,000"} <= set(said(figure))  # fmt: skip
        (line,) = [line for line in axes.lines if line.get_gid() == "budget"]
        assert list(line.get_xdata()) == [50_000, 50_000]

    def test_a_total_over_the_budget_is_told(self):
        assert "✗ всего 60 000: больше бюджета на 10 000" in [
            text.replace("\N{NO-BREAK SPACE}", " ") for text in said(figures.parameter_bars({"conv": 60_000}, 50_000))
        ]

    def test_exactly_the_budget_is_within_it(self):
        assert "✓ 5 in all: 0 left of the budget" in said(figures.parameter_bars({"conv": 5}, 5, "en"))

    @settings(max_examples=15)
    @given(
        st.lists(st.integers(0, 10**7), max_size=12),
        st.none() | st.integers(1, 10**6),
        st.sampled_from(LANGUAGES),
        st.integers(0, 40),
    )
    def test_any_layers_are_readable(self, numbers, budget, language, length):
        layers = {f"{'m' * length}.{place}": number for place, number in enumerate(numbers)}
        assert_readable(figures.parameter_bars(layers, budget, language))


class TestCostBars:
    def test_sums_and_shares_are_told(self):
        parts = {"stem": Cost(1000, 3_000_000_000, 750_000), "head": Cost(3000, 0, 250_000)}
        texts = said(figures.cost_bars(parts, "en"))
        assert {"4000 in all", "3000 M in all", "1 MB in all", "1000 (25%)", "0 M (0%)", "0.75 MB (75%)"} <= set(texts)

    @settings(max_examples=15)
    @given(st.lists(st.integers(0, 10**8), max_size=12), st.sampled_from(LANGUAGES), st.integers(0, 12))
    def test_any_parts_are_readable(self, numbers, language, length):
        parts = {f"{'m' * length}{place}": Cost(number, number, number) for place, number in enumerate(numbers)}
        assert_readable(figures.cost_bars(parts, language))


class TestKernelTable:
    @pytest.mark.parametrize("bias", [True, False])
    @pytest.mark.parametrize(("channels", "kernel_size", "groups"), [((3, 4), 3, 1), ((6, 12), 1, 3), ((4, 4), 5, 4)])
    def test_a_square_for_each_parameter_and_their_sum_which_is_pytorchs(self, channels, kernel_size, groups, bias):
        figure = figures.kernel_table(*channels, kernel_size, groups, bias, language="en")
        assert_readable(figure)
        layer = nn.Conv2d(*channels, kernel_size, groups=groups, bias=bias)
        squares = sum(int(each.get_gid().split()[1]) for each in figure.axes[0].collections)
        assert squares == layer.weight.numel()
        assert len(patches(figure, "bias")) == (layer.bias.numel() if bias else 0)
        total = sum(each.numel() for each in layer.parameters())
        assert any(text.endswith(f") = {total}" if bias else f" = {total}") for text in said(figure))

    def test_groups_that_do_not_divide_the_channels_are_told(self):
        figure = figures.kernel_table(6, 12, 3, groups=4, language="en")
        assert "✗ groups=4 must divide both numbers of channels: 6, 12" in said(figure)
        assert not figure.axes[0].collections


@pytest.mark.parametrize("predicted", [[(16, 16)], [32], 32, "32 -> 16", [None, (32, 0, 16)]])
@pytest.mark.parametrize(("language", "told"), [("ru", "каналы, высота, ширина"), ("en", "channels, height, width")])
def test_a_prediction_that_is_no_list_of_sizes_is_told_how_to_write_one(predicted, language, told):
    trace = observe(nn.Sequential(nn.Conv2d(3, 32, 2, 2), nn.ReLU()), torch.zeros(1, 3, 32, 32))
    with pytest.raises(ValueError, match=told):
        figures.shape_ladder(trace, predicted=predicted, language=language)


class TestWindows:
    @pytest.mark.parametrize(("size", "stride", "padding", "dilation"), [(12, 1, 3, 1), (12, 3, 3, 3), (4, 1, 0, 1)])
    @pytest.mark.parametrize("kernel_size", [1, 2, 5])
    def test_windows_along_an_axis_are_as_many_as_pytorch_says(self, size, kernel_size, stride, padding, dilation):
        figure = figures.windows_along_axis(size, kernel_size, stride, padding, dilation, "en")
        assert_readable(figure)
        try:
            row, kernel = torch.zeros(1, 1, size), torch.zeros(1, 1, kernel_size)
            windows = F.conv1d(row, kernel, stride=stride, padding=padding, dilation=dilation).shape[-1]
        except RuntimeError:  # the kernel does not fit
            windows = 0
        assert any(text.startswith(f"windows: {windows};") for text in said(figure))

    def test_a_window_is_shown_with_its_sum_which_is_pytorchs(self):
        image, kernel = torch.arange(35.0).reshape(5, 7), torch.tensor([[1.0, -2.0], [3.0, 4.0]])
        output = F.conv2d(image[None, None], kernel[None, None], stride=2).flatten()
        for window, number in enumerate(output.tolist()):
            figure = figures.sliding_window(image, kernel, window, stride=2)
            assert_readable(figure)
            assert f"=  {number:.3g}".replace("-", "−") in said(figure)

    def test_the_marked_numbers_are_those_that_are_coloured(self):
        figure = figures.numbers_in_cells({"eye": torch.eye(4)}, marked=lambda value: value == 0)
        assert_readable(figure)
        colours = [patch.get_facecolor() for patch in figure.axes[0].patches]
        assert len(colours) == 16 and max(map(colours.count, colours)) == 12


class TestFields:
    @pytest.mark.parametrize(
        "layers", [[(3, 1, 1, 1)] * 3, [(3, 2, 0, 1), (3, 1, 0, 2)], [(2, 2, 0, 1), (5, 1, 2, 1), (3, 1, 1, 1)]]
    )
    def test_a_field_reaches_as_far_as_the_gradient(self, layers):
        pixels = torch.zeros(1, 1, 24, requires_grad=True)
        y = pixels
        for kernel, stride, padding, dilation in layers:
            y = F.conv1d(y, torch.ones(1, 1, kernel), stride=stride, padding=padding, dilation=dilation)
        y[0, 0, y.shape[-1] // 2].backward()
        reached = pixels.grad[0, 0].nonzero().flatten()
        figure = figures.field_along_axis(24, layers, len(layers), "en")
        assert_readable(figure)
        extents = [text for text in said(figure) if text.startswith("needed in a row")]
        assert extents[0] == f"needed in a row: {int(reached[-1] - reached[0]) + 1}"

    def test_layers_not_reached_yet_say_nothing(self):
        figure = figures.field_along_axis(24, [(3, 1, 0, 1)] * 3, 1, "en")
        assert sum(text.startswith("needed") for text in said(figure)) == 2


class TestExploring:
    def shown(self, drawn):
        with mock.patch("IPython.display.display") as display:
            figures.explore(drawn, n=(4, 12, 8))._ipython_display_()
        return display.call_args.args[0]

    def test_it_is_a_widget_and_where_no_kernel_runs_the_picture_of_the_start(self):
        shown = self.shown(lambda n: figures.windows_along_axis(n, 3, language="en"))
        assert shown["image/png"] == figures.windows_along_axis(8, 3, language="en").png()
        assert shown["application/vnd.jupyter.widget-view+json"]["model_id"]

    def test_moving_a_slider_draws_anew(self):
        drawn = []
        shown = self.shown(lambda n: drawn.append(n) or figures.windows_along_axis(n, 3))
        widget = _instances[shown["application/vnd.jupyter.widget-view+json"]["model_id"]]
        (slider,), picture = widget.children[0].children, widget.children[1]
        before = picture.value
        slider.value = 5
        assert drawn == [8, 5] and picture.value != before

    def test_without_widgets_the_picture_stands_still(self):
        with mock.patch.dict("sys.modules", ipywidgets=None):
            assert set(self.shown(lambda n: figures.windows_along_axis(n, 3))) == {"image/png", "text/plain"}
