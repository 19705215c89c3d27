"""What the marks of a submission rest on, as it is noted in the metadata of its autograded notebooks."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from autograder.checks.seeds import new_seed
from autograder.grading.fingerprint import Parts, changed_parts
from autograder.grading.results import Cause
from autograder.kinds import CauseKind, ReasonKind

STAMP = "autograder"  # the key of the note


@dataclass(frozen=True)
class Stamp:
    """Fingerprints of the submission and the course, the seed, and what tests found as login; None where not known."""

    submission: str | None = None
    course: Parts | None = None
    seed: int | None = None
    logins: tuple[str, ...] = ()

    @classmethod
    def read(cls, metadata: object) -> Self | None:
        """What the metadata of a notebook have noted; None where that is nothing."""
        noted = metadata.get(STAMP) if isinstance(metadata, dict) else None
        if not isinstance(noted, dict) or not noted:
            return None
        submission, course, logins = noted.get("submission"), noted.get("course"), noted.get("logins")
        seed = None
        with suppress(KeyError, ValueError, TypeError):
            seed = int(noted["seed"], 16)
        return cls(
            submission if isinstance(submission, str) else None,
            course if isinstance(course, dict) else None,
            seed,
            tuple(each for each in logins if type(each) is str) if isinstance(logins, list) else (),
        )

    def as_plain(self) -> dict[str, Any]:
        """What is noted: what is known of it."""
        seed = None if self.seed is None else f"{self.seed:x}"
        noted = {"submission": self.submission, "course": self.course, "seed": seed, "logins": [*self.logins] or None}
        return {name: each for name, each in noted.items() if each is not None}

    def why_to_mark(self, now: "Stamp") -> ReasonKind | None:
        """Why marks that rest on this do not stand now, if so."""
        if self.submission is None or self.course is None:
            return ReasonKind.NEW
        if self.submission != now.submission:
            return ReasonKind.SUBMISSION_CHANGED
        return ReasonKind.COURSE_CHANGED if self.course != now.course else None

    def causes(self, now: "Stamp", why: ReasonKind) -> tuple[Cause, ...]:
        """All that differs now from what the marks rest on."""
        if why is ReasonKind.NEW or self.submission is None:
            return (Cause(CauseKind.NEW),)
        submission = (Cause(CauseKind.SUBMISSION),) if self.submission != now.submission else ()
        return submission + changed_parts(self.course or {}, now.course or {}) or (Cause(CauseKind.FORCED),)

    def seed_for(self, now: "Stamp") -> int:
        """What hidden tests are drawn from: for the same submission the same again, for any other a new one."""
        return new_seed() if self.seed is None or self.submission != now.submission else self.seed


def stamp_in(notebooks: Iterable[Mapping[str, Any]]) -> Stamp:
    """The stamp of a submission: each of its notebooks has it, and not each need have been handed in."""
    return next(filter(None, (Stamp.read(each.get("metadata")) for each in notebooks)), Stamp())
