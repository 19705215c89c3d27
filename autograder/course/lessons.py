"""Lessons: from `notebooks/` to `release/LANGUAGE/lessons/`, run in each language, with what they show."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from nbformat import NotebookNode

from autograder.cells.files import content_of, notebook_of, without_outputs
from autograder.cells.metadata import checks_answer, name_of
from autograder.checks.lab import FILE, files_of_rules
from autograder.checks.messages import _
from autograder.course.archive import LESSONS
from autograder.course.build import in_language
from autograder.course.executions import REFERENCE, UNFILLED, Execution
from autograder.course.faults import Fault
from autograder.course.kept import Kept
from autograder.course.lab_rules import lab_rules, rule_faults
from autograder.course.languages import foreign_output, foreign_text
from autograder.course.machines import shows_the_same
from autograder.course.proofs import Proof
from autograder.course.prove import notebook_faults, read_notebooks
from autograder.course.runs import answered_unfilled, raised
from autograder.course.unsolved import touched_by_answers
from autograder.course.withholding import exercise_faults, withheld
from autograder.folders import write_files

SOURCE, RELEASED = "notebooks", LESSONS


def lesson_faults(course_root: Path, languages: Sequence[str]) -> list[Fault]:
    """What can be told of the lessons without running them."""
    lessons = read_notebooks(course_root / SOURCE)
    known, faults = lab_rules(course_root / SOURCE, SOURCE, lessons.values())
    return faults + [
        fault
        for path, source in lessons.items()
        for fault in (
            *(
                notebook_faults(f"{SOURCE}/{path}", source)
                or rule_faults(course_root / SOURCE, f"{SOURCE}/{path}", source, known)
            ),
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


def lesson_proofs(course_root: Path, languages: Sequence[str], destination: Path, kept: Kept) -> list[Proof]:
    """That each lesson runs in each language, and shows no text of another; and that its exercises are not answered.

    The first writes the lesson, outputs included, to `destination/LANGUAGE/lessons`. One that was released from the
    same cells stays as it was if what it shows differs only as between machines.
    """
    proofs: list[Proof] = []
    rules = files_of_rules(course_root / SOURCE)
    for path, source in read_notebooks(course_root / SOURCE).items():
        for language in languages:
            lesson, place = in_language(source, language), destination / language / RELEASED / path
            place.parent.mkdir(parents=True, exist_ok=True)
            write_files(place.parent, rules)
            file, name = _released(path, language), Path(language, RELEASED, path)
            solved = Execution(file, Path(REFERENCE, name), lesson, rules, f"{SOURCE}/{FILE}")
            proofs.append(partial(_built, solved, course_root / file, language, place, kept))
            if any(map(checks_answer, lesson.cells)):
                proofs.append(partial(_unfilled, replace(solved, name=Path(UNFILLED, name)), kept))
    return proofs


def _built(solved: Execution, before: Path, language: str, place: Path, kept: Kept) -> list[Fault]:
    run = solved.outcome(kept)
    run.metadata = solved.notebook.metadata  # the kernel adds the version of Python that it happens to be
    place.write_bytes(_as_before(before, withheld(run)))
    return raised(solved.file, run) + foreign_output(solved.file, run, language)


def _unfilled(solved: Execution, kept: Kept) -> list[Fault]:
    """What is wrong with the lesson as it is handed out, where that may be another thing than with the solved one."""
    touched, unsolved = touched_by_answers(solved.notebook), withheld(solved.notebook)
    unsolved.cells = [cell for cell in unsolved.cells if cell.id in touched]
    run = replace(solved, notebook=unsolved).outcome(kept)
    return answered_unfilled(solved.file, run, solved.rules) + raised(solved.file, run)


def _released(path: Path, language: str) -> str:
    return f"release/{language}/{RELEASED}/{path}"


def _as_before(released: Path, lesson: NotebookNode) -> bytes:
    """The lesson that was released, if the one made now differs from it only as between machines; or else that."""
    try:
        content = released.read_bytes()
        before = notebook_of(content)
    except (OSError, ValueError):  # there was none, or it is no notebook
        return content_of(lesson)
    same_cells = content_of(without_outputs(before)) == content_of(without_outputs(lesson))
    return content if same_cells and shows_the_same(before, lesson) else content_of(lesson)
