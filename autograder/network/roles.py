"""Which storages of a recording weigh what is computed from the input, and which are only set beside it."""

import torch

from autograder.network.allowed import operator_of
from autograder.network.flow import FACTORIES, computed_from_input
from autograder.network.records import Operator, Recording, views_in

# Operators in which a constant is only added, compared or put beside the map.
FREE_FOR_CONSTANTS = frozenset(
    """
    add sub rsub cat stack copy maximum minimum clamp clamp_min clamp_max gt ge lt le eq ne
    slice_scatter select_scatter constant_pad_nd
    """.split()
)
CONDITIONS = {"where": 0, "masked_fill": 1}  # arguments that only choose
VALUE_BY_VALUE = frozenset("mul div where lerp masked_fill".split())
BATCH_NORMS = frozenset(
    """
    native_batch_norm batch_norm cudnn_batch_norm _native_batch_norm_legit _native_batch_norm_legit_no_training
    _batch_norm_with_update
    """.split()
)
RUNNING_STATISTICS = slice(3, 5)  # running_mean and running_var among a batch norm's arguments
EMPTY = frozenset("empty empty_like empty_strided new_empty new_empty_strided zeros zeros_like new_zeros".split())
FILLED = frozenset("full full_like new_full ones ones_like new_ones scalar_tensor".split())
STILL_PLAIN = frozenset("mul div add sub rsub neg gt ge lt le eq ne logical_not bitwise_not clone _to_copy".split())


class Roles:
    """What becomes of the storages that are not computed from the input.

    `weights` weigh it and `constants` are only set beside it; `mixed_in` has the constants that are in a storage which
    is computed from the input.
    """

    def __init__(self, recording: Recording) -> None:
        self.weights: set[int] = set()
        self.constants: set[int] = set()
        self.mixed_in: dict[int, set[int]] = {}
        self._registered = {owned.storage for owned in recording.owned}
        self._from_input = {recording.input.storage}
        self._roots: dict[int, set[int]] = {}  # what a storage is made of, where that is not itself
        self._plain: set[int] = set()  # storages with noise in them, or one number again and again
        self._reseeded = False
        for operator in recording.operators:
            self._reseeded |= operator.random_state is not None
            if computed_from_input(operator, self._from_input):
                self._note_use(operator)
            else:
                self._note_origin(operator)
                self._note_plain(operator)

    def _roots_of(self, storage: int) -> set[int]:
        return self._roots.get(storage, {storage})

    def _note_use(self, operator: Operator) -> None:
        family = operator.family.rstrip("_")
        # What is not made of something registered in the network is no statistic of one of its layers.
        free = {each for each in _running_statistics(operator) if self._roots_of(each) <= self._registered}
        free |= self._plain if family in VALUE_BY_VALUE else set()
        conditions = _conditions(operator)
        mixed = set().union(*(self.mixed_in.get(view.storage, set()) for view in operator.inputs))
        for view in operator.inputs:
            if view.storage in self._from_input | free:
                continue
            if family in FREE_FOR_CONSTANTS or view.storage in conditions:
                mixed |= self._roots_of(view.storage)
            else:
                self.weights |= self._roots_of(view.storage)
        self.constants |= mixed
        for view in operator.outputs:
            self._from_input.add(view.storage)
            self.mixed_in[view.storage] = mixed | self.mixed_in.get(view.storage, set())

    def _note_origin(self, operator: Operator) -> None:
        """Notes what an operator's output, not computed from the input, is made of."""
        family = operator.family.rstrip("_")
        sources = set() if family in FACTORIES else {view.storage for view in operator.inputs}
        if family in VALUE_BY_VALUE and not sources <= self._plain:
            sources -= self._plain
        origins = set().union(*map(self._roots_of, sources))
        for view in operator.outputs:
            if view.storage in sources:  # a view, or written in place
                blank = self._roots.get(view.storage) == set()
                others = set().union(*map(self._roots_of, sources - {view.storage}))
                if others or not blank:
                    self._roots[view.storage] = self._roots_of(view.storage) | others
                elif operator.writes:  # filled in place: a tensor of its own from now on
                    self._roots[view.storage] = {view.storage}
            elif family in EMPTY:
                self._roots[view.storage] = set()
            else:
                self._roots[view.storage] = origins or {view.storage}

    def _note_plain(self, operator: Operator) -> None:
        """Notes where there is noise, or one number again and again; what is drawn from a seed is no noise."""
        family = operator.family.rstrip("_")
        read = {view.storage for view in operator.inputs}
        draws = torch.Tag.nondeterministic_seeded in operator_of(operator.name).tags and not self._reseeded
        is_plain = draws or family in FILLED or (family in STILL_PLAIN and read and read <= self._plain)
        for view in operator.outputs:
            if operator.writes or view.storage not in read:
                (self._plain.add if is_plain else self._plain.discard)(view.storage)


def _conditions(operator: Operator) -> set[int]:
    """Storages that an operator reads to choose by."""
    place = CONDITIONS.get(operator.family.rstrip("_"))
    return {view.storage for view in views_in(operator.arguments[place])} if place is not None else set()


def _running_statistics(operator: Operator) -> set[int]:
    """Storages that a batch norm reads as running statistics."""
    if operator.family not in BATCH_NORMS:
        return set()
    return {view.storage for view in operator.arguments[RUNNING_STATISTICS] if view is not None}
