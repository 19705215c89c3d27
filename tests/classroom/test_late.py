"""Due dates, extensions and penalties; stock nbgrader, on the same course and database, is the oracle of penalties."""

from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from grading.small_course import BY_NBGRADER, answered, by_nbgrader, hand_in, make_course
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from traitlets.config import Config

from autograder.classroom.dates import time_zone
from autograder.classroom.due import due_dates, set_due_date, set_extension
from autograder.classroom.gather import gather
from autograder.classroom.late import final_mark, final_marks, follow_dates
from autograder.classroom.penalty import DAY, PenaltyByDay
from autograder.grading import Course, CourseFault, carry_out, open_course, plan
from autograder.grading.gradebook import open_gradebook, waiting_for_a_person
from autograder.grading.penalties import late_policy
from autograder.kinds import FaultKind
from autograder.process.warm import Zygote

DUE = datetime(2026, 11, 5, 15)
WRONG_DOUBLE = "def double(n):\n    return 6"
POLICY = """
c.Term.time_zone = "Europe/Moscow"
c.AssignLatePenalties.plugin_class = "autograder.classroom.penalty.PenaltyByDay"
c.PenaltyByDay.days_of_grace = {grace}
c.PenaltyByDay.percent_a_day = {percent}
"""
BEFORE = 'c = get_config()\nc.CourseDirectory.course_id = "small"\n'


def set_policy(root: Path, grace: float, percent: float) -> Course:
    (root / "nbgrader_config.py").write_text(BEFORE + BY_NBGRADER + POLICY.format(grace=grace, percent=percent))
    return open_course(root)


def submit(root: Path, student: str, late: timedelta, **answers: str) -> None:
    hand_in(root, student, answered(conclusion="In my words.", **answers))
    hand_in(root, student, f"{DUE + late} UTC", name="timestamp.txt")


def mark(course: Course, zygote: Zygote) -> None:
    assert all(result.marks for result in carry_out(plan(course.assignment("sums")), zygote))


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory, zygote: Zygote) -> Path:
    """A class marked under a policy of 10 % a day, three of whom were late."""
    root = make_course(tmp_path_factory.mktemp("course"))
    submit(root, "anna", -timedelta(seconds=1))
    submit(root, "boris", timedelta(seconds=1))
    submit(root, "clara", timedelta(days=2, hours=1))
    submit(root, "dmitri", timedelta(days=30), double=WRONG_DOUBLE)
    hand_in(root, "vera", answered())
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("JUPYTER_NO_CONFIG", "1")
        mark(set_policy(root, grace=0, percent=10), zygote)
    return root


@pytest.fixture
def course(marked: Path, tmp_path: Path, monkeypatch) -> Course:
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    return open_course(Path(copytree(marked, tmp_path / "course")))


def penalties(course: Course) -> dict[str, float]:
    """nbgrader's own column, from its own gradebook."""
    with Gradebook(course.db_url) as gradebook:
        submissions = gradebook.assignment_submissions("sums")
        return {each.student.id: pytest.approx(each.late_submission_penalty) for each in submissions}


def set_due(course: Course, due: datetime | None) -> None:
    with open_gradebook(course) as gradebook:
        set_due_date(gradebook, "sums", due)
        follow_dates(course, gradebook, "sums")


def extend(course: Course, student: str, until: datetime | None) -> None:
    with open_gradebook(course) as gradebook:
        set_extension(course, gradebook, "sums", student, until)
        follow_dates(course, gradebook, "sums")


def marks(course: Course) -> dict[str, float]:
    with open_gradebook(course) as gradebook:
        return {name: pytest.approx(each.mark) for name, each in final_marks(course, gradebook, "sums").items()}


def test_a_penalty_follows_the_date_the_extension_and_the_policy_and_nothing_is_marked_again(course):
    assert penalties(course) == {"anna": 0, "boris": 0, "clara": 0, "dmitri": 0, "vera": 0}
    set_due(course, DUE)
    assert penalties(course) == {"anna": 0, "boris": 0.3, "clara": 0.9, "dmitri": 1, "vera": 0}
    extend(course, "clara", DUE + timedelta(days=2))
    assert penalties(course) == {"anna": 0, "boris": 0.3, "clara": 0.3, "dmitri": 1, "vera": 0}
    course = set_policy(course.root, grace=1, percent=50)
    assert marks(course) == {"anna": 3, "boris": 3, "clara": 3, "dmitri": 0, "vera": 3}
    assert {each.student: each.standing.points for each in gather(course.assignment("sums")).works} == marks(course)
    set_due(course, DUE)
    assert penalties(course) == {"anna": 0, "boris": 0, "clara": 0, "dmitri": 1, "vera": 0}
    set_due(course, DUE - timedelta(days=2))
    assert penalties(course) == {"anna": 1.5, "boris": 3, "clara": 0, "dmitri": 1, "vera": 0}
    set_due(course, None)
    assert penalties(course) == {"anna": 0, "boris": 0, "clara": 0, "dmitri": 0, "vera": 0}
    assert plan(course.assignment("sums")).to_mark == ()


def test_another_setting_beside_those_of_dates_marks_again(course):
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write("c.ClearSolutions.text_stub = '?'\n")
    assert len(plan(open_course(course.root).assignment("sums")).to_mark) == 5


def test_points_given_by_hand_count_before_the_penalty(course):
    set_due(course, DUE)
    with open_gradebook(course) as gradebook:
        gradebook.find_grade("conclusion", "sums", "sums", "clara").manual_score = 2
        gradebook.db.commit()
        found = final_mark(course, gradebook, "sums", "clara")
    assert (found.points, found.penalty, found.mark, found.max_points) == (5, pytest.approx(1.5), pytest.approx(3.5), 5)
    assert found.seconds_late == timedelta(days=2, hours=1).total_seconds()
    plain = found.as_plain()
    assert (plain["due"], plain["handed_in"]) == ("2026-11-05T18:00:00+03:00", "2026-11-07T19:00:00+03:00")


def test_stock_nbgrader_takes_off_the_same(course):
    set_due(course, DUE)
    extend(course, "clara", DUE + timedelta(days=1))
    course = set_policy(course.root, grace=0.5, percent=30)
    set_due(course, DUE)
    expected = marks(course)
    ours = penalties(course)
    with Gradebook(course.db_url) as gradebook:  # what nbgrader is to find out for itself
        for submission in gradebook.assignment_submissions("sums"):
            for notebook in submission.notebooks:
                notebook.late_submission_penalty = None
        gradebook.db.commit()

    by_nbgrader(course.root, Autograde, force=True)

    assert penalties(course) == ours
    assert marks(course) == expected


@pytest.mark.parametrize(
    ("setting", "named"),
    [
        ('c.PenaltyByDay.percent_a_day = "ten"', "percent_a_day"),
        ("c.PenaltyByDay.days_of_grace = -1", "days_of_grace"),
        ('c.AssignLatePenalties.plugin_class = "nowhere.Penalty"', "nowhere"),
    ],
)
def test_a_policy_that_makes_nothing_is_a_fault_of_the_course_before_anybody_is_late(course, setting, named):
    file = course.root / "nbgrader_config.py"
    file.write_text(f"{file.read_text()}\n{setting}\n")
    with pytest.raises(CourseFault) as raised:
        late_policy(open_course(course.root))
    assert raised.value.fault is FaultKind.BAD_CONFIGURATION and named in raised.value.details["error"]


@pytest.mark.parametrize(
    ("setting", "nearest", "read"),
    [("PenaltyByDay.percent_per_day", "percent_a_day", late_policy), ("Term.timezone", "time_zone", time_zone)],
)
def test_a_setting_whose_name_is_mistyped_is_a_fault_of_the_course(course, setting, nearest, read):
    file = course.root / "nbgrader_config.py"
    file.write_text(f"{file.read_text()}\nc.{setting} = 20\n")
    with pytest.raises(CourseFault) as raised:
        read(open_course(course.root))
    assert (raised.value.fault, raised.value.details["setting"]) == (FaultKind.UNKNOWN_SETTING, f"c.{setting}")
    assert nearest in raised.value.details["known"].split(", ")


def test_who_has_not_submitted_may_have_an_extension_and_counts_as_nobody_marked(course, zygote):
    set_due(course, DUE)
    (course.root / "submitted" / "gleb" / "sums").mkdir(parents=True)
    extend(course, "gleb", DUE + timedelta(days=3))
    with open_gradebook(course) as gradebook:
        dates = due_dates(course, gradebook, "sums")
        assert final_mark(course, gradebook, "sums", "gleb") is None
        assert "gleb" not in final_marks(course, gradebook, "sums")
    assert gather(course.assignment("sums")).not_marked == ("gleb",)
    assert {name: f"{until:%Y-%m-%d %H:%M %z}" for name, until in dates.extensions.items()} == {
        "gleb": "2026-11-08 18:00 +0300"
    }
    assert waiting_for_a_person(course.assignment("sums")) == {"conclusion": 5}

    submit(course.root, "gleb", timedelta(days=3, seconds=1))
    to_do = plan(course.assignment("sums"))
    assert to_do.to_mark == (("gleb", "new"),)
    (gleb,) = carry_out(to_do, zygote)
    assert (gleb.points, gleb.points_before) == (3, None)
    assert penalties(course)["gleb"] == 0.3


def test_an_extension_holds_until_its_day_whatever_becomes_of_the_due_date(course):
    set_due(course, DUE)
    extend(course, "clara", DUE + timedelta(days=3))
    set_due(course, DUE + timedelta(days=1))
    with open_gradebook(course) as gradebook:
        assert due_dates(course, gradebook, "sums").extensions["clara"].replace(tzinfo=None) == datetime(
            2026, 11, 8, 18
        )
    set_due(course, DUE + timedelta(days=3))
    with open_gradebook(course) as gradebook:
        assert due_dates(course, gradebook, "sums").extensions == {}


def test_an_extension_that_makes_no_sense_is_refused(course):
    with pytest.raises(CourseFault) as without:
        extend(course, "clara", DUE)
    set_due(course, DUE)
    with pytest.raises(CourseFault) as early:
        extend(course, "clara", DUE)
    with pytest.raises(CourseFault) as nobody:
        extend(course, "klara", DUE + timedelta(days=1))
    faults = [raised.value.fault for raised in (without, early, nobody)]
    assert faults == [FaultKind.NO_DUE_DATE, FaultKind.EARLY_EXTENSION, FaultKind.NOT_ENROLLED]
    assert "clara" in nobody.value.details["known"]


def test_an_extension_that_another_program_gave_without_a_due_date_makes_nobody_late(course, zygote):
    with Gradebook(course.db_url) as gradebook:
        gradebook.grant_extension("sums", "clara", days=1)
    assert marks(course)["clara"] == 3
    submit(course.root, "clara", timedelta(days=5))
    mark(course, zygote)
    assert marks(course)["clara"] == 3


@given(late=st.floats(0, 100 * DAY), grace=st.floats(0, 10), percent=st.floats(0, 100), score=st.floats(0, 100))
def test_a_penalty_is_between_nothing_and_the_mark_and_grows_with_the_days(late, grace, percent, score):
    plugin = PenaltyByDay(config=Config(PenaltyByDay={"days_of_grace": grace, "percent_a_day": percent}))
    penalty = plugin.late_submission_penalty("anna", score, late) or 0
    assert 0 <= penalty <= score
    assert penalty <= (plugin.late_submission_penalty("anna", score, late + DAY) or 0)
    assert late > grace * DAY or penalty == 0
