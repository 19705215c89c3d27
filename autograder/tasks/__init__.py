"""Tasks of a student's own: their numbers are drawn from the login, among tasks that a solver has found to be alike."""

from autograder.tasks.budget import BudgetTask, own_budget_task
from autograder.tasks.login import drawn, normalised
from autograder.tasks.size import SizeTask, own_size_task

__all__ = ["BudgetTask", "SizeTask", "drawn", "normalised", "own_budget_task", "own_size_task"]
