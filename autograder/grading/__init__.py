"""Submissions in, marks in the gradebook out."""

from autograder.grading.course import Course, GradedCell, assignments, graded_cells, open_course
from autograder.grading.driver import Plan, carry_out, plan
from autograder.grading.marking import mark, read_marks, update_gradebook
from autograder.grading.results import CourseFault, Mark, Marked, NotMarked, Result

__all__ = [
    "Course", "CourseFault", "GradedCell", "Mark", "Marked", "NotMarked", "Plan", "Result",
    "assignments", "carry_out", "graded_cells", "mark", "open_course", "plan", "read_marks", "update_gradebook",
]
