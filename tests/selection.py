"""Which tests `make test` takes; all of them with `--thorough`, as `make thorough` runs them.

Of a corpus whose tests bear `@pytest.mark.sampled(one_in=N)`, one in N of each kind is taken, at least one: `kind` is
what its author calls alike, as the family of an attack and what it loses. A corpus is the cases of one test, or all
tests that bear its name, `corpus=`. Which ones is told by a hash of their names: the same on each machine and in each
run, and another test beside them changes one at most.
"""

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from math import ceil

import pytest

MARK = "sampled"


def outside_the_sample(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    """Those that are left to `make thorough`."""
    alike = defaultdict(list)
    for item in items:
        if mark := item.get_closest_marker(MARK):
            corpus = mark.kwargs.get("corpus", item.nodeid.partition("[")[0])
            alike[corpus, mark.kwargs.get("kind"), mark.kwargs["one_in"]].append(item)
    return {
        item
        for (_corpus, _kind, one_in), group in alike.items()
        for item in sorted(group, key=lambda item: sha256(item.name.encode()).digest())[ceil(len(group) / one_in) :]
    }
