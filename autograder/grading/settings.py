"""Settings in nbgrader_config.py: one that is mistyped holds for nothing, and nbgrader does not say so."""

from difflib import get_close_matches

from traitlets.config import Configurable

from autograder.faults import CourseFault
from autograder.grading.course import Course
from autograder.kinds import FaultKind

MOST_NAMES = 5  # in a message


def require_known(course: Course, owner: type[Configurable]) -> None:
    """CourseFault for what the configuration sets of a class that has no such setting."""
    known = owner.class_trait_names(config=True)
    for name in sorted({*course.config.get(owner.__name__, ())} - {*known}):
        nearest = get_close_matches(name, known, MOST_NAMES, cutoff=0)
        setting = f"c.{owner.__name__}.{name}"
        raise CourseFault(FaultKind.UNKNOWN_SETTING, setting=setting, known=", ".join(nearest) or "–")
