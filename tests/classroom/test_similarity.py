"""Likeness of code: what is evidence of it, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.classroom.records import CodeCell
from autograder.classroom.similarity import LEAST_OPERATORS, WINDOW, same_networks, similar, winnowed

NET = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 12, kernel_size=3, stride=2, groups=3)
        self.second = nn.Sequential(nn.BatchNorm2d(12), nn.Hardswish(), nn.Conv2d(12, 64, 1))
        self.third = nn.LPPool2d(2, kernel_size=1)

    def forward(self, image):
        # halves the map
        narrow = self.first(image).clamp(min=0.1)
        return self.third(self.second(narrow).sigmoid() * 2.5)
"""
OTHER = """
def count(layers):
    total = {}
    for name, layer in layers.items():
        if isinstance(layer, dict):
            total.update({f"{name}.{inner}": number for inner, number in count(layer).items()})
        elif layer.weight is not None and layer.bias is None:
            total[name] = layer.weight.numel()
        else:
            total[name] = sum(each.numel() for each in layer.parameters(recurse=False))
    return total
"""
RENAMED = (
    NET.replace("first", "a1").replace("second", "b2").replace("third", "c3").replace("image", "x")
    .replace("narrow", "y").replace("        # halves the map\n", "").replace("Net(", "Model(")
)  # fmt: skip


def _code(**sources):
    return {student: (CodeCell("answer", source),) for student, source in sources.items()}


def _pairs(found):
    return [pair.students for pair in found]


def test_who_copied_is_found_under_other_names_and_without_comments():
    found = similar(_code(ada=NET, bob=RENAMED, cyd=OTHER))

    assert _pairs(found) == [("ada", "bob")]
    assert found[0].likeness == 1.0


def test_the_lines_that_are_alike_are_shown_where_they_stand():
    (pair,) = similar(_code(ada=NET + OTHER, bob="import os\n\n\n" + NET))

    for excerpts, source in zip(pair.excerpts, (NET + OTHER, "import os\n\n\n" + NET), strict=True):
        (excerpt,) = excerpts
        assert "\n".join(line.text for line in excerpt.lines) == source
        alike = [line.text for line in excerpt.lines if line.alike]
        assert any("nn.Hardswish()" in line for line in alike)
        assert not any("numel" in line or "import os" in line for line in alike)


def test_what_was_handed_out_is_no_evidence():
    assert _pairs(similar(_code(ada=NET, bob=NET))) == [("ada", "bob")]
    assert similar(_code(ada=NET, bob=NET), given=[NET]) == ()
    assert similar(_code(ada=NET + OTHER, bob=NET), given=["x = 1\n" + NET]) == ()


def test_what_much_of_the_class_wrote_is_no_evidence():
    many = _code(**{f"s{number}": NET for number in range(5)})

    assert len(similar(dict(list(many.items())[:4]))) == 6  # four of one table: each two of them
    assert similar(many) == ()


def test_short_answers_are_no_evidence():
    assert similar(_code(ada="def double(n):\n    return 2 * n", bob="def double(n):\n    return 2 * n")) == ()


@pytest.mark.parametrize("source", ["", "\n\n", "x = (", "'''never ends", "\x00", "%%bash\nls", "é" * 1000])
def test_code_that_is_none_is_compared_with_nothing(source):
    assert similar(_code(ada=source, bob=source)) == ()


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_class_does_not_matter(shuffle):
    code = list(_code(ada=NET, bob=RENAMED, cyd=OTHER, dan=OTHER + "\nprint(1)").items())
    expected = similar(dict(code))
    shuffle.shuffle(code)

    assert similar(dict(code)) == expected


@given(st.lists(st.integers(0, 50), min_size=WINDOW, max_size=60), st.data())
def test_of_each_window_the_least_is_kept_and_of_equal_ones_the_last(prints, data):
    kept = list(winnowed([(number, (place, place)) for place, number in enumerate(prints)]))

    places = [first for _number, (first, _last) in kept]
    assert places == sorted(set(places))
    start = data.draw(st.integers(0, len(prints) - WINDOW))
    least = min(prints[start : start + WINDOW])
    assert max(place for place in range(start, start + WINDOW) if prints[place] == least) in places


@given(*[st.lists(st.integers(0, 10**9), max_size=20)] * 4, st.lists(st.integers(), min_size=WINDOW, max_size=WINDOW))
def test_what_is_alike_for_a_window_is_found_whatever_is_around(before, after, other_before, other_after, alike):
    one, other = (
        {print_ for print_, _lines in winnowed([(print_, (0, 0)) for print_ in prints])}
        for prints in ([*before, *alike, *after], [*other_before, *alike, *other_after])
    )

    assert one & other


def _networks(*ways):
    """Of students s00, s01 …, networks that run these operators."""
    return {f"s{number:02}": {"Net": tuple(way * LEAST_OPERATORS)} for number, way in enumerate(ways)}


def test_the_same_network_is_told_where_the_class_has_many():
    (same,) = same_networks(_networks("a", "b", "c", "a", "d", "e"))

    assert (same.network, same.students, same.ways) == ("Net", ("s00", "s03"), 5)
    assert same.operators == tuple("a" * LEAST_OPERATORS)


def test_where_the_class_has_few_ways_or_most_go_one_the_same_network_is_no_evidence():
    assert same_networks(_networks(*"abababababab")) == ()
    assert same_networks(_networks(*"aaaaabcdef")) == ()
    assert same_networks({"ada": {"Net": ("relu",)}, "bob": {"Net": ("relu",)}, "cyd": {"Net": ("gelu",)}}) == ()
