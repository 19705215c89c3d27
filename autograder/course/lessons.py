"""Lessons: from `notebooks/` to `release/LANGUAGE/lessons/`, run in each language, with what they show."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nbformat import NotebookNode

from autograder.cells.files import content_of, notebook_of
from autograder.cells.metadata import checks_answer, name_of
from autograder.checks.messages import _
from autograder.course.build import in_language
from autograder.course.faults import Fault
from autograder.course.languages import foreign_output, foreign_text
from autograder.course.machines import shows_the_same
from autograder.course.prove import notebook_faults, read_notebooks, run_to_the_end
from autograder.course.runs import answered_unfilled, raised
from autograder.course.withholding import exercise_faults, withheld

SOURCE, RELEASED = "notebooks", "lessons"


def lesson_faults(course_root: Path, languages: Sequence[str]) -> list[Fault]:
    """What can be told of the lessons without running them."""
    return [
        fault
        for path, source in read_notebooks(course_root / SOURCE).items()
        for fault in (
            *notebook_faults(f"{SOURCE}/{path}", source),
            *_graded(f"{SOURCE}/{path}", source),
            *exercise_faults(f"{SOURCE}/{path}", source),
            *(
                fault
                for language in languages
                for fault in foreign_text(_released(path, language), in_language(source, language), language)
            ),
        )
    ]


def _graded(file: str, source: NotebookNode) -> list[Fault]:
    return [
        Fault(file, name_of(cell), _("a lesson has a graded cell"),
              _("Remove its nbgrader metadata, or make an assignment of it"))
        for cell in source.cells
        if "nbgrader" in cell.metadata
    ]  # fmt: skip


def build_lessons(course_root: Path, languages: Sequence[str], destination: Path, folder: Path) -> list[Fault]:
    """Runs each lesson in each language and writes it, outputs included, to `destination/LANGUAGE/lessons`.

    One that was released from the same cells stays as it was if what it shows differs only as between machines. A
    fault for each cell that raises or shows text of another language, and for each check of an exercise that says
    anything but "not answered yet" of its stub; kernels run, and may leave files, in `folder/LANGUAGE/lessons`.
    """
    lessons = read_notebooks(course_root / SOURCE)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        built = [
            threads.submit(
                _build,
                course_root,
                path,
                source,
                language,
                destination / language / RELEASED,
                folder / language / RELEASED,
            )
            for path, source in lessons.items()
            for language in languages
        ]
        return [fault for faults in built for fault in faults.result()]


def _build(
    course_root: Path, path: Path, source: NotebookNode, language: str, destination: Path, folder: Path
) -> list[Fault]:
    for needed in (destination, folder):
        needed.mkdir(parents=True, exist_ok=True)
    file, lesson = _released(path, language), in_language(source, language)
    executed = run_to_the_end(file, lesson, folder)
    executed.metadata = lesson.metadata  # the kernel adds the version of Python that it happens to be
    released = withheld(executed)
    now = content_of(released)
    (destination / path).write_bytes(_kept(course_root / file, released, now))
    found = raised(file, executed) + foreign_output(file, executed, language)
    if any(map(checks_answer, lesson.cells)):
        unfilled = run_to_the_end(file, released, folder)
        found += answered_unfilled(file, unfilled) + raised(file, unfilled)
    return found


def _released(path: Path, language: str) -> str:
    return f"release/{language}/{RELEASED}/{path}"


def _kept(released: Path, executed: NotebookNode, now: bytes) -> bytes:
    """The lesson that was released, if the one made now differs from it only as between machines; or else that."""
    try:
        before = released.read_bytes()
        same = _without_outputs(before) == _without_outputs(now) and shows_the_same(notebook_of(before), executed)
    except (OSError, ValueError):  # there was none, or it is no notebook
        return now
    return before if same else now


def without_lesson_outputs(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a release by path, and of its lessons only what is the same whenever and wherever they run."""
    return {
        path: _without_outputs(content) if Path(path).parts[1:2] == (RELEASED,) else content
        for path, content in contents.items()
    }


def _without_outputs(content: bytes) -> bytes:
    lesson = notebook_of(content)
    for cell in lesson.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return content_of(lesson)
