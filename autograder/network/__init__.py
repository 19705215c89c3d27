"""What a network does: the operators that it executes, and what they tell of it."""

from autograder.network.allowed import CannotReplay, NotEvidence
from autograder.network.observing import observe
from autograder.network.planes import Padding
from autograder.network.recipe import Recipe
from autograder.network.records import Stop
from autograder.network.replaying import replay
from autograder.network.trace import Trace
from autograder.network.way import Convolution, Doubt, SizeBreak

__all__ = [
    "CannotReplay",
    "Convolution",
    "Doubt",
    "NotEvidence",
    "Padding",
    "Recipe",
    "SizeBreak",
    "Stop",
    "Trace",
    "observe",
    "replay",
]
