"""Answer files: readable Python with one cell an exercise, and the submissions made of them."""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from nbformat import NotebookNode

from autograder.cells.metadata import is_solution, is_test, name_of
from autograder.cells.withheld import SOLUTION

CELL = re.compile(r"^# %% *(.*)$", re.MULTILINE)
HEADER = re.compile(r"^# (\w+): *(.*)$")


class AnswerFileError(ValueError):
    """An answer file that can't be read, with its name and the remedy."""


@dataclass(frozen=True)
class AnswerFile:
    """What a student did, in one sentence; the answer cells by their grade_id; and the test cells it does not earn.

    Those that it `loses` fail it; those that are `undecided` are left to a person.
    """

    summary: str = "Answers as the reference does."
    loses: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)
    name: str = "answers"

    @property
    def unearned(self) -> tuple[str, ...]:
        """The test cells whose points it is not given by the grader."""
        return (*self.loses, *self.undecided)


def read_answers(text: str, name: str = "answers") -> AnswerFile:
    """Reads an answer file: a summary, then `# %% GRADE_ID` cells.

    Between them stand `# loses: GRADE_ID ...` and `# undecided: GRADE_ID ...` where it does not earn everything.
    """
    header, *parts = CELL.split(text)
    grade_ids = [grade_id.strip() for grade_id in parts[::2]]
    if repeated := {grade_id for grade_id in grade_ids if grade_ids.count(grade_id) > 1}:
        raise AnswerFileError(f"{name}: cell {', '.join(repeated)} is given twice. Keep one of them.")
    summary, unearned = _read_header(header.strip().splitlines(), name)
    cells = {grade_id: source.strip("\n") for grade_id, source in zip(grade_ids, parts[1::2], strict=True)}
    return AnswerFile(summary, **unearned, cells=cells, name=name)


def _read_header(lines: list[str], name: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    if not lines or not lines[0].startswith("# ") or _is_unearned(HEADER.match(lines[0])):
        raise AnswerFileError(f"{name}: the first line does not say what the student did. Begin with `# One sentence.`")
    summary: list[str] = [lines[0]]
    unearned: dict[str, tuple[str, ...]] = {}
    for line in lines[1:]:
        match HEADER.match(line):
            case re.Match() as found if _is_unearned(found) and found[1] not in unearned:
                unearned[found[1]] = tuple(found[2].split())
            case None if line.startswith("# ") and not unearned:
                summary.append(line)
            case _:
                raise AnswerFileError(
                    f"{name}: header line {line!r} is not known. "
                    "Keep to a summary, `# loses: GRADE_ID ...` and `# undecided: GRADE_ID ...` "
                    "before the first `# %% GRADE_ID`."
                )
    if both := set(unearned.get("loses", ())) & set(unearned.get("undecided", ())):
        raise AnswerFileError(f"{name}: {', '.join(sorted(both))} is lost and undecided. Keep one of them.")
    return " ".join(line.removeprefix("# ") for line in summary), unearned


def _is_unearned(header: re.Match[str] | None) -> bool:
    return header is not None and header[1] in ("loses", "undecided")


def submission(released: NotebookNode, source: NotebookNode, answers: AnswerFile) -> NotebookNode:
    """The released notebook as a student hands it in: the answers given, the reference's for the rest."""
    reference = {name_of(cell): _without_markers(cell.source) for cell in source.cells if is_solution(cell)}
    _check_known("cell", answers.cells, reference, answers.name)
    _check_known("test cell", answers.unearned, map(name_of, filter(is_test, source.cells)), answers.name)
    filled = deepcopy(released)
    for cell in filter(is_solution, filled.cells):
        cell.source = answers.cells.get(name_of(cell), reference[name_of(cell)])
    return filled


def _check_known(kind: str, given: Iterable[str], known: Iterable[str], name: str) -> None:
    known = list(known)
    if unknown := [grade_id for grade_id in given if grade_id not in known]:
        raise AnswerFileError(f"{name}: no {kind} {', '.join(unknown)} in the notebook. Known: {', '.join(known)}.")


def _without_markers(source: str) -> str:
    return "\n".join(line for line in source.split("\n") if not any(marker in line for marker in SOLUTION))
