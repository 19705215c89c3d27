"""The late penalty of the course, as a plugin for nbgrader's AssignLatePenalties.

Set in nbgrader_config.py:

    c.AssignLatePenalties.plugin_class = "autograder.classroom.penalty.PenaltyByDay"
    c.PenaltyByDay.days_of_grace = 1
    c.PenaltyByDay.percent_a_day = 10
"""

import math

from nbgrader.plugins import BasePlugin
from traitlets import Float

DAY = 24 * 60 * 60  # seconds


class PenaltyByDay(BasePlugin):
    """Takes a percentage of the mark for each day begun after the days of grace, and never more than the mark."""

    days_of_grace = Float(0, min=0, help="Days after the due date that cost nothing.").tag(config=True)
    percent_a_day = Float(
        0, min=0, max=100, help="Percent of the mark that each further day costs; a day begun counts as a day."
    ).tag(config=True)

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        """The points to take off, as nbgrader asks for them; None where it is still within the days of grace."""
        days = math.ceil(total_seconds_late / DAY - self.days_of_grace)
        if days <= 0 or self.percent_a_day == 0:
            return None
        return min(score * self.percent_a_day * days / 100, score)
