"""Submissions in, marks in the gradebook out.

What marks takes long to import, and who judges outside needs PyTorch: they are imported when they are asked for.
"""

from typing import TYPE_CHECKING

from autograder.checks.messages import not_installed
from autograder.faults import CourseFault
from autograder.grading.copies import copy_of_gradebook
from autograder.grading.course import Assignment, Course, GradedCell, open_course
from autograder.grading.gradebook import above_maximum, waiting_for_a_person
from autograder.grading.locking import sole_writer
from autograder.grading.machines import Machines
from autograder.grading.results import Attention, Mark, Marked, NotMarked, Result, TooMuchByHand
from autograder.later import later
from autograder.process.limits import Limits

if TYPE_CHECKING:
    from autograder.grading.driver import carry_out
    from autograder.grading.examiner import Examiner, execute, namespace_of_tests
    from autograder.grading.planning import Plan, plan

__all__ = [
    "Assignment",
    "Attention",
    "Course",
    "CourseFault",
    "Examiner",
    "GradedCell",
    "Limits",
    "Machines",
    "Mark",
    "Marked",
    "NotMarked",
    "Plan",
    "Result",
    "TooMuchByHand",
    "above_maximum",
    "carry_out",
    "copy_of_gradebook",
    "execute",
    "namespace_of_tests",
    "open_course",
    "plan",
    "sole_writer",
    "waiting_for_a_person",
]
__getattr__ = later(
    __name__,
    {
        "driver": ("carry_out",),
        "examiner": ("Examiner", "execute", "namespace_of_tests"),
        "planning": ("Plan", "plan"),
    },
    not_installed,
)
