"""Tasks of a student's own: their numbers are drawn from the login, among tasks that a solver has found to be alike.

The solvers need PyTorch, which is imported when they are asked for; the login does not.
"""

from typing import TYPE_CHECKING

from autograder.later import later
from autograder.tasks.login import drawn, normalised

if TYPE_CHECKING:
    from autograder.tasks.budget import BudgetTask, own_budget_task
    from autograder.tasks.size import SizeTask, own_size_task

__all__ = ["BudgetTask", "SizeTask", "drawn", "normalised", "own_budget_task", "own_size_task"]
__getattr__ = later(__name__, {"budget": ("BudgetTask", "own_budget_task"), "size": ("SizeTask", "own_size_task")})
