"""The course's one configuration: nbgrader reads it in the course folder, and so does `autograder release`."""

import os
import sysconfig
from importlib.resources import files

from nbconvert.preprocessors import TagRemovePreprocessor
from nbgrader.converters import GenerateAssignment

c = get_config()  # noqa: F821  (nbgrader puts it here)

# nbgrader calls `alembic` by its name, and finds it only here where the environment is not activated.
commands = sysconfig.get_path("scripts")
if commands not in os.environ["PATH"].split(os.pathsep):
    os.environ["PATH"] = os.pathsep.join([commands, os.environ["PATH"]])

language = os.environ.get("CONVLAB_LANGUAGE", "ru")
other_language = {"ru": "en", "en": "ru"}[language]

c.CourseDirectory.course_id = "NAME"
c.CourseDirectory.release_directory = os.path.join("release", language)

# The cells of the other language are dropped before anything else looks at the notebook.
# Without `enabled` this preprocessor does nothing, and says nothing.
c.GenerateAssignment.preprocessors = [TagRemovePreprocessor, *GenerateAssignment.preprocessors.default()]
c.TagRemovePreprocessor.enabled = True
c.TagRemovePreprocessor.remove_cell_tags = {other_language}

# A written answer is one cell for both languages, so what stands in it before is in neither.
c.ClearSolutions.text_stub = "✍ …"

# Due dates and extensions are read and shown by the clocks of this zone; `autograder due` sets them.
c.Term.time_zone = "Europe/Moscow"

# What a late submission loses: a percentage of its mark for each day begun after the days of grace. A change holds at
# once, without marking again.
c.AssignLatePenalties.plugin_class = "autograder.classroom.penalty.PenaltyByDay"
c.PenaltyByDay.days_of_grace = 0
c.PenaltyByDay.percent_a_day = 10

# nbgrader's own autograde, formgrader's button included, marks as `autograder grade` does.
c.Autograde.sanitize_preprocessors = ["autograder.grading.preprocessors.MarkOutside"]
c.Autograde.autograde_preprocessors = [
    "autograder.grading.preprocessors.SaveMarks",
    "nbgrader.preprocessors.AssignLatePenalties",
]

# What a student gets back is a page of the course's own, which takes the hidden tests out by itself.
c.GenerateFeedback.exporter_class = "autograder.classroom.feedback.FeedbackExporter"
c.GenerateFeedback.preprocessors = []

# In formgrader the browser runs nbgrader's own scripts alone, and fetches nothing from elsewhere.
c.HTMLExporter.template_file = str(files("autograder") / "grading" / "with_policy.html.j2")
c.HTMLExporter.filters = {"with_policy": "autograder.grading.policy.with_policy"}

# Headings get no names: one named as a test would take the place of its box of points in formgrader.
c.HTMLExporter.exclude_anchor_links = True
