"""Answer files: readable Python with one cell an exercise, and the submissions made of them."""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbgrader.utils import is_solution

from autograder.course.cells import SOLUTION, is_test

CELL = re.compile(r"^# %% *(.*)$", re.MULTILINE)
HEADER = re.compile(r"^# (\w+): *(.*)$")


class AnswerFileError(ValueError):
    """An answer file that can't be read, with its name and the remedy."""


@dataclass(frozen=True)
class AnswerFile:
    """What a student did, in one sentence; the test cells that it fails; and the answer cells by their grade_id."""

    summary: str = "Answers as the reference does."
    loses: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)
    name: str = "answers"


def read_answers(text: str, name: str = "answers") -> AnswerFile:
    """Reads an answer file: a summary, `# loses: GRADE_ID ...` where it loses, then `# %% GRADE_ID` cells."""
    header, *parts = CELL.split(text)
    grade_ids = [grade_id.strip() for grade_id in parts[::2]]
    if repeated := {grade_id for grade_id in grade_ids if grade_ids.count(grade_id) > 1}:
        raise AnswerFileError(f"{name}: cell {', '.join(repeated)} is given twice. Keep one of them.")
    summary, loses = _read_header(header.strip().splitlines(), name)
    cells = {grade_id: source.strip("\n") for grade_id, source in zip(grade_ids, parts[1::2], strict=True)}
    return AnswerFile(summary, loses, cells, name)


def _read_header(lines: list[str], name: str) -> tuple[str, tuple[str, ...]]:
    if not lines or not lines[0].startswith("# ") or lines[0].startswith("# loses:"):
        raise AnswerFileError(f"{name}: the first line does not say what the student did. Begin with `# One sentence.`")
    summary, loses = [lines[0]], ()
    for line in lines[1:]:
        match HEADER.match(line):
            case re.Match() as found if found[1] == "loses":
                loses = tuple(found[2].split())
            case None if line.startswith("# ") and not loses:
                summary.append(line)
            case _:
                raise AnswerFileError(
                    f"{name}: header line {line!r} is not known. "
                    "Keep to a summary and `# loses: GRADE_ID ...` before the first `# %% GRADE_ID`."
                )
    return " ".join(line.removeprefix("# ") for line in summary), loses


def submission(released: NotebookNode, source: NotebookNode, answers: AnswerFile) -> NotebookNode:
    """The released notebook as a student hands it in: the answers given, the reference's for the rest."""
    reference = {_grade_id(cell): _without_markers(cell.source) for cell in source.cells if is_solution(cell)}
    _check_known("cell", answers.cells, reference, answers.name)
    _check_known("test cell", answers.loses, map(_grade_id, filter(is_test, source.cells)), answers.name)
    filled = deepcopy(released)
    for cell in filter(is_solution, filled.cells):
        cell.source = answers.cells.get(_grade_id(cell), reference[_grade_id(cell)])
    return filled


def _check_known(kind: str, given: Iterable[str], known: Iterable[str], name: str) -> None:
    known = list(known)
    if unknown := [grade_id for grade_id in given if grade_id not in known]:
        raise AnswerFileError(f"{name}: no {kind} {', '.join(unknown)} in the notebook. Known: {', '.join(known)}.")


def _grade_id(cell: NotebookNode) -> str:
    return cell.metadata.nbgrader.grade_id


def _without_markers(source: str) -> str:
    return "\n".join(line for line in source.split("\n") if not any(marker in line for marker in SOLUTION))
