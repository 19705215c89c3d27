"""What is seen of a class whose record is known."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.classroom.analysis import Reason, analyse, mistakes
from autograder.classroom.dates import local
from autograder.classroom.records import Outcome, Standing
from classroom.made_class import record, work

OUTCOMES = st.sampled_from(Outcome)
MOMENTS = st.datetimes(datetime(2026, 9, 1), datetime(2027, 3, 1))


@st.composite
def classes(draw):
    """Works of up to thirty students, with outcomes, mistakes that differ by their numbers, and times."""
    works = []
    for number in range(draw(st.integers(1, 30))):
        outcomes = {check: draw(OUTCOMES) for check in ("test_size", "test_layers")}
        said = {
            check: f"{draw(st.sampled_from(['Size', 'Layers']))}: expected {draw(st.integers(0, 99))}."
            for check, outcome in outcomes.items()
            if outcome is Outcome.FAILED
        }
        by_hand = draw(st.sampled_from([(), ("conclusion",)]))
        penalty = draw(st.sampled_from([0.0, 0.5]))
        moment = draw(st.none() | MOMENTS)
        works.append(work(f"s{number:02}", outcomes, said, by_hand, penalty=penalty, handed_in_at=moment))
    return works


@given(classes())
def test_every_submission_has_one_outcome_of_each_check_and_stands_in_one_bar(works):
    report = analyse(record(works))

    for check in report.checks:
        assert sum(check.counts.values()) == len(works)
        assert sum(check.share(outcome) for outcome in Outcome) == pytest.approx(1)
    assert sum(bar.count for bar in report.marks.bars) == len(works)
    assert all(0 <= bar.waiting <= bar.count for bar in report.marks.bars)


@given(classes())
def test_mistakes_are_in_the_order_of_their_frequency_and_name_each_student_once(works):
    found = mistakes(works)

    counts = [len(mistake.students) for mistake in found]
    assert counts == sorted(counts, reverse=True)
    failed = Counter(each.check for one in works for each in one.checked if each.outcome is Outcome.FAILED)
    named = Counter(mistake.check for mistake in found for _student in mistake.students)
    assert named == failed
    assert all(len(set(mistake.students)) == len(mistake.students) for mistake in found)


@given(classes(), st.randoms())
def test_the_order_of_the_submissions_does_not_matter_to_the_figures(works, random):
    shuffled = list(works)
    random.shuffle(shuffled)
    one, other = analyse(record(works)), analyse(record(shuffled))

    assert (one.marks, one.checks, one.times) == (other.marks, other.checks, other.times)
    assert [each.message for each in one.mistakes] == [each.message for each in other.mistakes]


@given(st.lists(MOMENTS, min_size=1, max_size=60), st.sampled_from(["UTC", "Europe/Moscow", "America/New_York"]))
def test_each_time_lies_in_one_span_and_the_spans_leave_no_gap(moments, zone):
    works = [work(f"s{number:02}", handed_in_at=moment) for number, moment in enumerate(moments)]
    times = analyse(record(works, zone=ZoneInfo(zone))).times

    assert times.known == len(moments) == sum(span.count for span in times.spans)
    for span in times.spans:
        assert span.count == sum(span.begin <= local(moment, ZoneInfo(zone)) < span.end for moment in moments)
    assert all(one.end == other.begin for one, other in zip(times.spans, times.spans[1:], strict=False))


def test_one_mistake_is_told_as_it_was_said_most_often():
    said = ["Size: expected 64×16×16, got 64×15×15.", "Size: expected 64×16×16, got 64×8×8."]
    works = [
        work(name, {"test_size": Outcome.FAILED}, {"test_size": said[number]})
        for name, number in (("ada", 0), ("bob", 1), ("cyd", 1))
    ]

    (mistake,) = mistakes(works)

    assert (mistake.message, mistake.wordings, mistake.students) == (said[1], 2, ("ada", "bob", "cyd"))


def test_what_was_not_answered_is_no_mistake():
    assert mistakes([work("ada", {"test_size": Outcome.UNANSWERED})]) == ()


@pytest.mark.parametrize(
    ("one", "earlier", "reasons"),
    [
        (work(), (), ()),
        (work(outcomes={"test_layers": Outcome.FAILED}), (), (Reason.LITTLE_DONE,)),
        (work(outcomes={"test_layers": Outcome.FAILED}, by_hand=("conclusion",)), (), ()),
        (work(outcomes={"test_layers": Outcome.UNDECIDED}), (), ()),
        (work(), (Standing(10, 10, 0, False),), ()),
        (work(outcomes={"test_size": Outcome.FAILED}), (Standing(9, 10, 0, False),), (Reason.BELOW_BEFORE,)),
        (work(outcomes={"test_size": Outcome.FAILED}), (Standing(9, 10, 5, True),), ()),
        (work(late=True), (), ()),
        (work(late=True), (Standing(6, 10, 0, True),), (Reason.LATE_AGAIN,)),
        (work(late=False), (Standing(6, 10, 0, True), Standing(6, 10, 0, True)), ()),
        (work(penalty=5), (), (Reason.LITTLE_DONE,)),
    ],
)
def test_who_needs_help(one, earlier, reasons):
    found = analyse(record([one], earlier={"ada": earlier})).help

    assert tuple(each.reasons for each in found) == ((reasons,) if reasons else ())


def test_what_waits_for_a_person():
    works = [work("ada", by_hand=("conclusion",)), work("bob", {"test_size": Outcome.UNDECIDED}), work("cyd")]
    report = analyse(record(works))

    assert [(each.student, each.undecided) for each in report.waiting] == [("bob", ("test_size",))]
    assert [(each.cell, each.students) for each in report.by_hand] == [("conclusion", ("ada",))]


def test_days_are_those_of_the_courses_clocks():
    late_in_the_evening = datetime(2026, 9, 1, 22)
    times = analyse(record([work(handed_in_at=late_in_the_evening)], zone=ZoneInfo("Europe/Moscow"))).times
    assert [(span.begin.day, span.begin.hour) for span in times.spans if span.count] == [(2, 1)]


def test_the_time_that_half_of_the_class_took():
    released = datetime(2026, 9, 1)
    works = [work(f"s{days}", handed_in_at=released + timedelta(days=days)) for days in (1, 2, 9)]

    assert analyse(record(works), released).times.taken == timedelta(days=2)
    assert analyse(record([work()]), released).times.taken is None
    assert analyse(record(works)).times.taken is None
