"""Submissions whose code or whose networks are alike. Likeness is no proof.

Code is compared by winnowing (Schleimer, Wilkerson and Aiken, 2003): fingerprints are taken of runs of tokens in which
the names that a student chooses are all the same, so that renaming hides nothing. What was handed out and what much of
the class has written are no evidence.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

from pygments.lexers import PythonLexer
from pygments.token import Comment, Literal, Name

from autograder.classroom.records import CodeCell

RUN = 16  # tokens of which one fingerprint is taken
WINDOW = 8  # of so many successive ones at least one is kept: what is alike in 23 tokens is found
LEAST_SHARED = 6  # fingerprints, for a pair to be shown
LEAST_LIKENESS = 0.5
COMMON = 0.1  # of the class: what more of it wrote, and at least COMMON_STUDENTS, is no evidence
COMMON_STUDENTS = 5
LEAST_OPERATORS = 4  # of a network, for it to be compared
MANY_WAYS = 0.25  # networks that differ, as a share of those who have one: where there are fewer, none is evidence


@dataclass(frozen=True)
class Line:
    text: str
    alike: bool


@dataclass(frozen=True)
class Excerpt:
    """A cell of a student's code in which some lines are like another student's."""

    cell: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Pair:
    """Two students whose code is alike; `likeness` is the share of their own fingerprints that both have."""

    students: tuple[str, str]
    likeness: float
    shared: int
    excerpts: tuple[tuple[Excerpt, ...], tuple[Excerpt, ...]]


@dataclass(frozen=True)
class SameNetwork:
    """Students whose networks of this name run the same operators with the same sizes; of how many ways in all."""

    network: str
    students: tuple[str, ...]
    operators: tuple[str, ...]
    ways: int


@dataclass(frozen=True)
class _Token:
    text: str
    line: int


@dataclass(frozen=True)
class _Found:
    """Where a fingerprint was taken: the cell, and the first and last of its lines."""

    cell: int
    first: int
    last: int


Fingerprints = Mapping[int, Sequence[_Found]]


def similar(code: Mapping[str, Sequence[CodeCell]], given: Sequence[str] = ()) -> tuple[Pair, ...]:
    """The pairs of students whose own code is alike, the most alike first."""
    handed_out = {fingerprint for source in given for fingerprint, _found in _runs(_tokens(source))}
    own = {student: _own(cells, handed_out) for student, cells in code.items()}
    wrote = Counter(fingerprint for prints in own.values() for fingerprint in prints)
    most = _most_students(len(code))
    telling = {
        student: {fingerprint: found for fingerprint, found in prints.items() if wrote[fingerprint] <= most}
        for student, prints in own.items()
    }
    pairs = [
        _pair(pair, shared, telling, code) for pair, shared in _shared(telling).items() if len(shared) >= LEAST_SHARED
    ]
    alike = [pair for pair in pairs if pair.likeness >= LEAST_LIKENESS]
    return tuple(sorted(alike, key=lambda pair: (-pair.likeness, -pair.shared, pair.students)))


def same_networks(networks: Mapping[str, Mapping[str, tuple[str, ...]]]) -> tuple[SameNetwork, ...]:
    """The groups of students with the same network, where the class has many; `networks` by student and name."""
    ways: dict[str, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for student in sorted(networks):
        for name, operators in networks[student].items():
            if len(operators) < LEAST_OPERATORS:
                continue
            ways[name][operators].append(student)
    most = _most_students(len(networks))
    return tuple(
        SameNetwork(name, tuple(students), operators, len(found))
        for name, found in sorted(ways.items())
        if len(found) >= MANY_WAYS * sum(map(len, found.values()))
        for operators, students in sorted(found.items(), key=lambda each: (-len(each[1]), each[1]))
        if 1 < len(students) <= most
    )


def _most_students(count: int) -> int:
    """Of a class of so many, how many may have something in common that is still telling."""
    return max(COMMON_STUDENTS - 1, int(COMMON * count))


def _shared(telling: Mapping[str, Fingerprints]) -> dict[tuple[str, str], set[int]]:
    """The fingerprints that each two students share, for those who share any."""
    writers: dict[int, list[str]] = defaultdict(list)
    for student in sorted(telling):
        for fingerprint in telling[student]:
            writers[fingerprint].append(student)
    shared: dict[tuple[str, str], set[int]] = defaultdict(set)
    for fingerprint, students in writers.items():
        for pair in combinations(students, 2):
            shared[pair].add(fingerprint)
    return shared


def _pair(
    students: tuple[str, str],
    shared: set[int],
    telling: Mapping[str, Fingerprints],
    code: Mapping[str, Sequence[CodeCell]],
) -> Pair:
    likeness = len(shared) / min(len(telling[student]) for student in students)
    first, second = (_excerpts(code[student], telling[student], shared) for student in students)
    return Pair(students, likeness, len(shared), (first, second))


def _excerpts(cells: Sequence[CodeCell], prints: Fingerprints, shared: set[int]) -> tuple[Excerpt, ...]:
    """The cells with something that is shared, and which of their lines are."""
    alike: dict[int, set[int]] = defaultdict(set)
    for fingerprint in shared:
        for found in prints[fingerprint]:
            alike[found.cell].update(range(found.first, found.last + 1))
    return tuple(
        Excerpt(
            cells[number].name,
            tuple(Line(text, line in alike[number]) for line, text in enumerate(cells[number].source.split("\n"))),
        )
        for number in sorted(alike)
    )


def _own(cells: Sequence[CodeCell], handed_out: set[int]) -> Fingerprints:
    """What is kept of a student's fingerprints, but for those of what was handed out."""
    kept: dict[int, list[_Found]] = defaultdict(list)
    for number, cell in enumerate(cells):
        for fingerprint, (first, last) in winnowed(list(_runs(_tokens(cell.source)))):
            if fingerprint not in handed_out:
                kept[fingerprint].append(_Found(number, first, last))
    return kept


def winnowed(prints: Sequence[tuple[int, tuple[int, int]]]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Of each window the least fingerprint, of equal ones the last, each place once."""
    kept = -1
    for start in range(max(1, len(prints) - WINDOW + 1)):
        window = range(start, min(start + WINDOW, len(prints)))
        place = min(window, key=lambda place: (prints[place][0], -place), default=kept)
        if place != kept:
            yield prints[place]
            kept = place


def _runs(tokens: Sequence[_Token]) -> Iterator[tuple[int, tuple[int, int]]]:
    """The fingerprint of each run of tokens, and the lines of its first and last."""
    for start in range(len(tokens) - RUN + 1):
        run = tokens[start : start + RUN]
        yield crc32("\0".join(token.text for token in run).encode()), (run[0].line, run[-1].line)


def _tokens(source: str) -> list[_Token]:
    """The tokens of code without spaces and comments; a chosen name is any name, a text any text.

    What stands after a dot is a library's name and tells one way from another, unless the dot is after `self`.
    """
    tokens: list[_Token] = []
    line, before = 0, ("", "")
    for kind, text in PythonLexer(stripnl=False, ensurenl=False).get_tokens(source):
        if text.strip() and kind not in Comment and kind not in Literal.String.Doc:
            shown = text
            if kind in Literal.String:
                shown = "text"
            elif kind in Name and kind not in Name.Builtin and (before[1] != "." or before[0] == "self"):
                shown = "name"
            tokens.append(_Token(shown, line))
            before = (before[1], text)
        line += text.count("\n")
    return tokens
