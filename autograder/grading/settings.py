"""Settings in nbgrader_config.py: one that is mistyped holds for nothing, and nbgrader does not say so."""

from traitlets.config import Configurable

from autograder.faults import CourseFault
from autograder.grading.course import Course, nearest_names
from autograder.kinds import FaultKind


def require_known(course: Course, owner: type[Configurable]) -> None:
    """CourseFault for what the configuration sets of a class that has no such setting."""
    known = owner.class_trait_names(config=True)
    for name in sorted({*course.config.get(owner.__name__, ())} - {*known}):
        setting = f"c.{owner.__name__}.{name}"
        raise CourseFault(FaultKind.UNKNOWN_SETTING, setting=setting, known=nearest_names(name, known))
