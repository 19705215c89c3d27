"""The lessons that are committed in `release/` are what `notebooks/` gives, and run in each language."""

from pathlib import Path
from shutil import copy

import pytest

from autograder.course.lessons import build_lessons, without_lesson_outputs
from autograder.course.prove import contents
from autograder.languages import LANGUAGES

COURSE = Path(__file__).parents[2]
LESSONS = [path.name for path in sorted(COURSE.glob("notebooks/*.ipynb"))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "lesson", [pytest.param(name, marks=pytest.mark.sampled(one_in=2, kind=name)) for name in LESSONS]
)
def test_a_committed_lesson_is_what_its_source_gives(lesson, language, tmp_path):
    (tmp_path / "notebooks").mkdir()
    copy(COURSE / "notebooks" / lesson, tmp_path / "notebooks")
    assert build_lessons(tmp_path, [language], tmp_path / "release", tmp_path / "run") == []
    built = without_lesson_outputs(contents(tmp_path / "release"))
    path = f"{language}/lessons/{lesson}"
    assert built == without_lesson_outputs({path: (COURSE / "release" / path).read_bytes()})
