"""A marked notebook holds nothing active, whatever cell or output it was in; answers and marks stay as they were."""

import json

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from autograder.checks.messages import ACTIVE_OUTPUT, ACTIVE_TEXT
from autograder.grading.cleaning import cleaned
from autograder.kinds import OddityKind
from grading.payloads import OUTPUTS
from grading.small_course import answered, grade, hand_in, make_course, source_notebook
from nbformat import NotebookNode
