"""What the labs ask of an answer, and how they tell the student."""

from autograder.checks.entry import notebook
from autograder.checks.verdicts import CouldNotTell, Failure, NotAnswered

__all__ = ["CouldNotTell", "Failure", "NotAnswered", "notebook"]
