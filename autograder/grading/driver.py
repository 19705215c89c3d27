"""Carries out a plan: has what needs marking marked by several processes, and alone writes what they found.

Each step that concerns one student is `guarded`: what goes wrong in it, whatever it is, costs that student's marking.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any

from nbgrader.api import Gradebook

from autograder.faults import CourseFault
from autograder.grading.autograded import autograded_folder, read_stamp
from autograder.grading.course import names_of_answers
from autograder.grading.gradebook import marks_in, open_gradebook, store
from autograder.grading.guard import for_one, guarded
from autograder.grading.hand_marks import as_last_seen
from autograder.grading.handed_out import course_notebooks
from autograder.grading.machines import Machines
from autograder.grading.marked import CourseNotebooks, Submission, to_look_at
from autograder.grading.moves import Record, open_record
from autograder.grading.planning import Plan
from autograder.grading.reference import reference, unproved
from autograder.grading.released import note_release
from autograder.grading.results import Attention, Cause, Marked, NotMarked, Result, SourceFault
from autograder.grading.source_faults import note_source_faults
from autograder.grading.stamp import Stamp
from autograder.grading.submissions import collect, handed_in_at, notebooks_beside, submission_fingerprint
from autograder.grading.workers import Crew, Examination, Examined, Workers
from autograder.kinds import FaultKind, OddityKind
from autograder.process.warm import Zygote

Tell = Callable[[Sequence[SourceFault]], None]
Results = Generator[Result, None, None]  # to be closed by whoever stops early


def carry_out(
    to_do: Plan,
    zygote: Zygote,
    jobs: int = 1,
    folders: bool = True,
    machines: Machines | None = None,
    tell: Tell = lambda _unproved: None,
) -> Results:
    """Mark what the plan says, so many submissions at a time; each result as soon as it is stored.

    Without `folders` nothing is written into `autograded/`. Where there are `machines`, they mark, and what becomes of
    them is noted there. The cells that go wrong with the course's own answers are given to `tell`: these are marked,
    too, until the marks of somebody stand for the course as it is.
    """
    results = _results(to_do, zygote, jobs, folders, machines, tell)
    # The crew is started now and not when the first result is asked for: by then there may be threads, and forking is
    # not safe. It ends with the results, which have begun.
    next(results)
    return results


def _cluster(to_do: Plan, notebooks: CourseNotebooks, zygote: Zygote, machines: Machines) -> Crew:
    try:
        from autograder.grading.cluster import Cluster  # an extra: without it, one machine marks
    except ImportError as error:
        raise CourseFault(FaultKind.NO_DISTRIBUTED, error=str(error)) from error
    return Cluster(notebooks, zygote, machines, f"{to_do.assignment.course.db_url} {to_do.assignment.name}")


@dataclass(frozen=True)
class _AtWork:
    """A submission that is being marked, and what is kept with its marks."""

    submission: Submission
    stamp: Stamp
    handed_in_at: datetime | None
    because: tuple[Cause, ...]


class _Run:
    """What a run has taken from `submitted/` and not stored yet, and what of it can't be marked."""

    def __init__(self, to_do: Plan, notebooks: CourseNotebooks) -> None:
        self._assignment, self._cells, self._course_now = to_do.assignment, to_do.cells, to_do.course_now
        self._notebooks = notebooks
        self._whys = dict(to_do.to_mark)
        self.at_work: dict[str, _AtWork] = {}
        self._refused: list[NotMarked] = []

    def submissions(self) -> Iterator[Submission]:
        """Each as it is asked for; one that can't be taken is refused."""
        for student in self._whys:
            one = guarded(student, self._taken, student)
            if isinstance(one, NotMarked):
                self._refused.append(one)
            else:
                self.at_work[student] = one
                yield one.submission

    def refused(self) -> Iterator[NotMarked]:
        """Those refused since this was asked last."""
        while self._refused:
            yield self._refused.pop(0)

    def _taken(self, student: str) -> _AtWork:
        """What was handed in; the stamp is of what is read now, not of a later change."""
        stamp = Stamp(submission_fingerprint(self._assignment, student), self._course_now)
        submission = collect(self._assignment, student, self._notebooks)
        then = read_stamp(self._assignment, student)
        seed = then.seed_for(stamp)
        moment = handed_in_at(self._assignment, submission)
        because = then.causes(stamp, self._whys[student])
        return _AtWork(replace(submission, seed=seed), replace(stamp, seed=seed), moment, because)

    def stored(
        self, student: str, one: _AtWork, found: Examined, gradebook: Gradebook, record: Record, folders: bool
    ) -> Marked:
        """The marks, in the gradebook, and the folder, in its place."""
        assignment = self._assignment
        several = len(self._notebooks) > 1
        attention = [each for name in found for each in to_look_at(found[name], name if several else "")]
        attention += [Attention(OddityKind.BESIDE, name) for name in notebooks_beside(one.submission)]
        missing = sorted(self._notebooks.keys() - one.submission.notebooks.keys())
        attention += [Attention(OddityKind.NOT_HANDED_IN, f"{name}.ipynb") for name in missing]
        as_seen = as_last_seen(assignment, student, found, self._course_now)
        logins = tuple(dict.fromkeys(login for notebook in found.values() for login in notebook.logins))
        stamp = replace(one.stamp, logins=logins)
        written = autograded_folder(assignment, one.submission, found, stamp, attention)
        with written if folders else nullcontext():
            entries = store(gradebook, assignment, student, found, one.handed_in_at, record, one.because, as_seen)
        before, marks = (marks_in(entry, self._cells) or () for entry in entries)
        return Marked(student, marks, self._whys[student], tuple(attention), before, logins)


def _results(
    to_do: Plan, zygote: Zygote, jobs: int, folders: bool, machines: Machines | None, tell: Tell
) -> Generator[Any, None, None]:
    """First nothing, once the crew is there; then each result."""
    course = to_do.assignment.course
    if folders:
        note_release(course.root, [to_do.assignment.released])  # nbgrader may make it anew
    notebooks = course_notebooks(to_do.assignment)
    own = None if to_do.unchanged else reference(to_do.assignment, notebooks)
    run = _Run(to_do, notebooks)
    crew = Workers(notebooks, zygote, jobs) if machines is None else _cluster(to_do, notebooks, zygote, machines)
    try:
        yield None
        record = open_record(course)
        crew.rehearse(names_of_answers(to_do.assignment))
        with open_gradebook(course) as gradebook:
            for student, found in crew.examine(chain(filter(None, [own]), run.submissions())):
                yield from run.refused()
                if own is not None and student == own.student:
                    _note_unproved(to_do, found, tell)
                    continue
                one = run.at_work.pop(student)
                if isinstance(found, NotMarked):
                    yield found
                else:
                    given = student, one, found, gradebook, record, folders
                    yield for_one(course, gradebook, student, run.stored, *given)
            yield from run.refused()
    finally:
        crew.close()


def _note_unproved(to_do: Plan, found: Examination, tell: Tell) -> None:
    if isinstance(found, NotMarked):
        why = ": ".join((str(found.fault), *found.details.values()))
        faults = [SourceFault(to_do.assignment.name, "–", why)]
    else:
        faults = [each for name in found for each in unproved(name, found[name])]
    note_source_faults(to_do.assignment, to_do.course_now, faults)
    if faults:
        tell(faults)
