"""What numbers are made of that meet with what is computed from the input."""

import hashlib
import math
import zlib
from collections.abc import Iterable

import torch

from autograder.network.allowed import CannotReplay, told_as
from autograder.network.differences import spread
from autograder.network.layers import (
    MOVING,
    draws,
    functional_family,
    is_view,
    numbers_read,
    product_operands,
)
from autograder.network.records import Operator, Recording, View
from autograder.network.tensors import dtype_of

FEW = 64  # numbers, which mostly tell that a tensor moves, and that it is no pattern
UNMOVED = 1e-6  # of a tensor's spread: behind a dozen layers that hardly move it, and more than rounding


class Origins:
    """Which numbers meet with what is computed from the input, and what they are made of.

    A storage *moves* if its numbers change with the input. Of any other, the *roots* are the tensors, read from outside
    or drawn, that it was computed from; the *parts* are those whose numbers it holds as they were last computed.
    """

    def __init__(self, trace: Recording) -> None:
        self.parameters = {owned.storage for owned in trace.owned if owned.kind == "parameter"}
        self.weights: dict[int, int] = {}  # the storage of the weight, by the index of its operator
        self.kernels: set[int] = set()  # of the convolutions whose kernel does not move
        self._trace = trace
        self._nbytes = {storage.number: storage.nbytes for storage in trace.storages}
        self._contents = {storage.number: storage.content for storage in trace.storages}
        self._dtypes: dict[int, set[torch.dtype]] = {}  # as which a storage is read
        self._moving = {each.view.storage for each in trace.inputs}
        self._outside = {storage.number for storage in trace.storages if storage.content} - self._moving
        self._roots: dict[int, set[int]] = {storage: {storage} for storage in self._outside}
        self._parts: dict[int, set[int]] = {storage: {storage} for storage in self._outside}
        self._made: dict[int, int | torch.Tensor] = {}  # how many numbers it takes to write down what operators made
        self._joined: dict[int, int] = {}  # and how many to say where they were put
        self._alike: dict[tuple[bytes, frozenset[int]], int] = {}  # the first storage of a content, made of these
        self._used: set[int] = set()  # storages whose numbers have gone into others, or met some that move
        self.drawn: set[int] = set()
        self._meeting: dict[int, tuple[set[int], set[int]]] = {}  # by operator, of what does not move, beside what does

    @told_as(CannotReplay)
    def follow(self, index: int, outputs: list[torch.Tensor], others: list[torch.Tensor] | None) -> None:
        """Takes note of what an operator left, and of what it left for another input."""
        operator = self._trace.operators[index]
        read = numbers_read(operator)
        for view in operator.inputs:
            self._dtypes.setdefault(view.storage, set()).add(dtype_of(view))
        fixed = {view.storage for view in read} - self._moving
        operands = product_operands(operator) or ()
        weighing = [view.storage for view in operands if view.storage in fixed]
        if len(weighing) == 1:
            self.weights[index] = weighing[0]
        if operator.family == "convolution" and operator.inputs[1].storage in fixed:
            self.kernels.add(index)
        if is_view(operator):
            return
        may_move = any(view.storage in self._moving for view in read)
        beside: set[int] = set()
        for place, (view, output) in enumerate(zip(operator.outputs, outputs, strict=True)):
            if may_move and (others is None or _moves(output, others[place])):
                self._moving.add(view.storage)
                beside |= fixed
                continue
            self._note(operator, view.storage, output, read)
            if view.storage in self._moving:  # among other numbers, which do move
                beside.add(view.storage)
        if beside:
            self._meeting[index] = self._made_of(beside)  # as it is now: it may be written over later
            self._used |= self._meeting[index][1]

    def _note(self, operator: Operator, storage: int, output: torch.Tensor, read: tuple[View, ...]) -> None:
        """What is made of the tensors that an operator read, or from nothing."""
        sources = {view.storage for view in read}
        roots = set().union(*map(self.roots, sources))
        is_same_for_each_image = output.dim() > 1 and len(output) > 1 and bool((output == output[:1]).all())
        copies = len(output) if is_same_for_each_image else 1
        elements = self._nbytes[storage] // output.element_size() // copies
        if draws(operator):
            self.drawn.add(storage)
            self._roots[storage], self._parts[storage] = roots | {storage}, {storage}
            self._make(storage, elements)
        elif sources and (functional_family(operator) in MOVING | {"clone"} or self._is_low_rank(operator)):
            given = [view.storage for view in read if view.storage != storage]
            rooted = {source for source in given if self.roots(source)}
            self._joined[storage] = self._joined.get(storage, 0) + len(given) - max(1, len(rooted))
            self._parts[storage] = set().union({storage}, *(self._parts.get(source, set()) for source in sources))
            self._used |= self._parts[storage] - {storage}
            self._roots[storage] = roots
        else:
            enough = elements <= sum(map(self.numbers, roots))
            is_one_number = not sources or _is_one_number(_whole(output))
            self._make(storage, 0 if is_one_number else elements if enough else _whole(output).clone())
            content = _content(output)
            key = hashlib.sha256(content).digest(), frozenset(roots)
            same = self._alike.setdefault(key, storage)  # a layer used twice makes its weight twice
            again = self._whose_numbers_are(content, copies, roots)
            self._roots[storage], self._parts[storage] = roots, {same if again is None else again}
            self._used |= self._parts[storage] - {storage}

    def _make(self, storage: int, numbers: int | torch.Tensor) -> None:
        """An operator made so many numbers there, or these; what was there before and was used still counts."""
        before = self._numbers_made(storage) if storage in self._used else 0
        self._made[storage] = numbers
        self._made[storage] = max(before, self._numbers_made(storage)) if before else numbers

    def _numbers_made(self, storage: int) -> int:
        made = self._made.get(storage, 0)
        if isinstance(made, torch.Tensor):  # written many times, perhaps, and seldom asked about
            made = self._made[storage] = _to_write_down(made)
        return made

    def _is_low_rank(self, operator: Operator) -> bool:
        """Whether it multiplies matrices as they were read: what comes of it is more numbers, but no other ones."""
        operands = product_operands(operator) or ()
        are_as_read = [self._parts.get(view.storage) == self.roots(view.storage) for view in operands]
        return bool(operands) and all(are_as_read)

    def _whose_numbers_are(self, content: bytes, copies: int, roots: set[int]) -> int | None:
        """What was read from outside and lies there again, so many times: a bias, to which zeros were added."""
        may_be = [root for root in roots if self._nbytes[root] * copies == len(content)]
        return next((root for root in may_be if (self._contents[root] or b"") * copies == content), None)

    def reaching(self, outputs: Iterable[View]) -> tuple[set[int], set[int]]:
        """Roots and parts of what may have a share in the outputs, beside the inputs."""
        wanted = {output.storage for output in outputs}
        roots, parts = self._made_of(wanted - self._moving)
        for index, operator in reversed(list(enumerate(self._trace.operators))):
            if any(view.storage in wanted for view in operator.outputs):
                wanted |= {view.storage for view in numbers_read(operator)}
                its_roots, its_parts = self._meeting.get(index, (set(), set()))
                roots |= its_roots
                parts |= its_parts
        return roots, parts

    def _made_of(self, storages: set[int]) -> tuple[set[int], set[int]]:
        """Roots and parts of what storages hold."""
        parts = set().union(*(self._parts.get(storage, set()) for storage in storages))
        return set().union(*map(self.roots, storages)), parts

    def roots(self, storage: int) -> set[int]:
        return self._roots.get(storage, set())

    def sure_of(self, weight: int) -> set[int]:
        """What of a weight is surely one: its largest root, as the others may be masks or scales; or what is made.

        Nothing where a parameter is among its roots, which counts already, or where its numbers are whole.
        """
        roots = self.roots(weight)
        if roots & self.parameters:
            return set()
        largest = max(roots, key=self.numbers, default=None)
        if largest is None:
            return self._parts.get(weight, set())
        is_whole = not any(dtype.is_floating_point or dtype.is_complex for dtype in self._dtypes.get(largest, set()))
        return set() if is_whole else {largest}

    def numbers(self, storage: int) -> int:
        """As many numbers as are kept there at most; complex ones are two."""
        made, joined = self._numbers_made(storage), self._joined.get(storage, 0)
        if storage not in self._outside:
            return made + joined
        dtypes = self._dtypes.get(storage, set())
        itemsize = min((dtype.itemsize // (1 + dtype.is_complex) for dtype in dtypes), default=math.inf)
        return max(made, int(self._nbytes[storage] // itemsize)) + joined


def _whole(output: torch.Tensor) -> torch.Tensor:
    """All that lies in its storage, as real numbers."""
    whole = torch.empty(0, dtype=output.dtype).set_(output.untyped_storage())
    return torch.view_as_real(whole).flatten() if whole.is_complex() else whole


def _is_one_number(whole: torch.Tensor) -> bool:
    return bool((whole == whole[:1]).all())


def _content(output: torch.Tensor) -> bytes:
    return _whole(output).view(torch.uint8).numpy().tobytes()


def _to_write_down(whole: torch.Tensor) -> int:
    """How many numbers it takes to write these down: of one number none, of a pattern fewer than there are."""
    whole = whole + 0  # -0 is 0 as well
    if len(whole[:FEW].unique()) > FEW // 4:
        return whole.numel()
    values, codes = whole.unique(return_inverse=True)
    codes = codes.to(torch.uint8 if len(values) <= 256 else torch.int32)
    bits = 8 * len(zlib.compress(codes.numpy().tobytes()))  # each of which may be a number
    return min(whole.numel(), len(values) + bits) if len(values) > 1 else 0


def _moves(before: torch.Tensor, after: torch.Tensor) -> bool:
    """Whether a number moves by more than a small part of the tensor's spread."""
    if not before.is_floating_point():
        return not torch.equal(before, after)
    few, few_after = (each.flatten()[:FEW] if before.is_contiguous() else each for each in (before, after))
    apart = float((few_after - few).abs().max()) if few.numel() else 0.0
    low, high = torch.aminmax(before) if before.numel() else (0.0, 0.0)
    if apart > UNMOVED * float(high - low) > 0:  # the range: never less than the spread, and sooner found
        return True
    return bool(((after - before).abs() > UNMOVED * spread(before)).any())
