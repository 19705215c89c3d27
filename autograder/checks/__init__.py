"""What the labs ask of an answer, and how they tell the student.

The door to the checks needs PyTorch, which is imported when it is asked for; words and verdicts do not.
"""

from typing import TYPE_CHECKING

from autograder.checks.messages import not_installed
from autograder.checks.verdicts import CouldNotTell, Failure, NotAnswered
from autograder.later import later

if TYPE_CHECKING:
    from autograder.checks.entry import notebook

__all__ = ["CouldNotTell", "Failure", "NotAnswered", "notebook"]
__getattr__ = later(__name__, {"entry": ("notebook",)}, not_installed)
