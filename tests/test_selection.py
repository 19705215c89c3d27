"""The sample of a corpus: some of each kind, the same each time, and all of what bears no mark."""

from types import SimpleNamespace

import pytest
from selection import outside_the_sample


class Item(SimpleNamespace):
    __hash__ = object.__hash__

    def get_closest_marker(self, _name: str) -> pytest.Mark | None:
        return self.mark


def item(test: str, number: int, kind: str | None = None) -> Item:
    mark = pytest.mark.sampled(one_in=4, kind=kind).mark if kind else None
    return Item(nodeid=f"{test}[{number}]", name=f"{test}[{number}]", mark=mark)


def test_of_each_kind_one_in_so_many_is_taken_and_at_least_one():
    many, few, whole = [[item("test", n, kind) for n in range(size)] for kind, size in (("a", 40), ("b", 3), (None, 9))]

    left_out = outside_the_sample([*many, *few, *whole])

    assert [sum(each not in left_out for each in items) for items in (many, few, whole)] == [10, 1, 9]


def test_which_are_taken_does_not_depend_on_the_order_and_little_on_the_others():
    items = [item("test", number, "a") for number in range(40)]

    taken = set(items) - outside_the_sample(items)

    assert set(items) - outside_the_sample(items[::-1]) == taken
    assert len(taken - outside_the_sample([*items, item("test", 41, "a")])) >= len(taken) - 1
