"""A class as the gradebook and the marked notebooks would tell of it, made up."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from autograder.classroom.records import Checked, ClassRecord, CodeCell, Outcome, Standing, Work
from autograder.grading.results import GradedCell

CELLS = (
    GradedCell("lab", "test_size", 2, by_hand=False),
    GradedCell("lab", "test_layers", 4, by_hand=False),
    GradedCell("lab", "conclusion", 2, by_hand=True),
)
MAX_POINTS = {cell.name: cell.max_points for cell in CELLS}


def work(
    student: str = "ada",
    outcomes: Mapping[str, Outcome] | None = None,
    mistakes: Mapping[str, str] | None = None,
    by_hand: tuple[str, ...] = (),
    code: str = "",
    penalty: float = 0.0,
    late: bool = False,
    handed_in_at: datetime | None = None,
    **more: Any,
) -> Work:
    """What a student handed in, of which each check has passed unless another outcome is given."""
    said = dict.fromkeys(("test_size", "test_layers"), Outcome.PASSED) | dict(outcomes or {})
    points = {Outcome.PASSED: 1.0, Outcome.UNDECIDED: None}
    checked = []
    for check, outcome in said.items():
        share = points.get(outcome, 0.0)
        earned = None if share is None else share * MAX_POINTS[check]
        checked.append(Checked(check, outcome, earned, (mistakes or {}).get(check)))
    return Work(
        student=student,
        standing=Standing(sum(each.points or 0 for each in checked), 8, penalty, late),
        handed_in_at=handed_in_at,
        pages={"lab": f"page-of-{student}"},
        checked=tuple(checked),
        by_hand=by_hand,
        code=(CodeCell("answer", code),) if code else (),
        open_points=sum(
            MAX_POINTS[name] for name in (*by_hand, *(each.check for each in checked if each.points is None))
        ),
        **more,
    )


def record(works: Sequence[Work], **more: Any) -> ClassRecord:
    nothing: dict[str, Any] = {"missing": (), "not_marked": (), "names": {}, "earlier": {}, "given": ()}
    return ClassRecord(
        **{"course": "made up", "assignment": "lab", "cells": CELLS, "works": tuple(works)} | nothing | more
    )
