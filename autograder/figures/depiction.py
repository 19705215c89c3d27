"""The picture that belongs to a check's message."""

from autograder.figures.drawing import Picture
from autograder.figures.ladder import shape_ladder
from autograder.figures.sight import field_growth
from autograder.network.depicted import Depicted
from autograder.network.field import Sight


def depict(shown: Depicted, language: str) -> Picture:
    """How far a network sees, or the shapes of its maps."""
    return field_growth(shown, language) if isinstance(shown, Sight) else shape_ladder(shown, language=language)
