"""Building the release, proving it, and only then putting it in the place of the one before."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import torch

from autograder.checks.messages import _
from autograder.course.archive import build_wheel, pack, wheel_faults
from autograder.course.build import CONFIGURATION, RefusedCell, build, course_name, no_cell
from autograder.course.executions import running_proofs
from autograder.course.faults import Fault, ReleaseError, system_faults
from autograder.course.kept import kept_in
from autograder.course.lessons import lesson_faults, lesson_proofs
from autograder.course.own_tasks import own_rules, own_task_proofs
from autograder.course.proofs import found_by
from autograder.course.prove import differences, release_faults, source_faults, sources_of_tests
from autograder.course.rehearsals import Rehearsal, rehearsal_proofs
from autograder.folders import files_in
from autograder.languages import LANGUAGES
from autograder.replacing import replace_folder


@dataclass(frozen=True)
class Release:
    """The folders that were released and the archives that were packed."""

    folders: tuple[Path, ...]
    archives: tuple[Path, ...]


def release(
    course_root: Path,
    assignments: Sequence[str] = (),
    languages: Sequence[str] = LANGUAGES,
    archives: bool = True,
    wheel: Path | None = None,
    progress: Callable[[str], None] = lambda step: None,
    refused_cell: RefusedCell = no_cell,
    rehearsal: Rehearsal | None = None,
) -> Release:
    """Releases the assignments named, or all and the lessons; or raises ReleaseError and leaves the old release.

    The archives hold the package's `wheel`, which is built where none is given. What marking knows of an assignment
    tell the `refused_cell`, where nbgrader stops, and the `rehearsal`, in which the course's own cells are run.
    """
    with system_faults(course_root):
        return _released(course_root, assignments, languages, archives, wheel, progress, refused_cell, rehearsal)


def _released(
    course_root: Path,
    assignments: Sequence[str],
    languages: Sequence[str],
    archives: bool,
    wheel: Path | None,
    progress: Callable[[str], None],
    refused_cell: RefusedCell,
    rehearsal: Rehearsal | None,
) -> Release:
    assignments = tuple(dict.fromkeys(assignments))
    chosen = assignments or assignments_of(course_root)
    _refuse(_missing(course_root, chosen) + (wheel_faults(wheel) if archives else []))
    release_root, dist = course_root / "release", course_root / "dist"
    release_root.mkdir(exist_ok=True)
    # A release of everything replaces the whole folder: what is no longer in the source goes.
    folders = [Path(language, name) for language in languages for name in (assignments or [""])]
    # Beside the release, so that what is proved gets to its place by renaming.
    with _folder_beside(release_root) as temporary:
        built = temporary / "built"
        _build_proved(course_root, chosen, not assignments, languages, built, progress, refused_cell, rehearsal)
        with _folder_beside(dist) if archives else nullcontext(temporary) as packing:
            if archives:
                progress("packing")
            packed_wheel = (wheel or build_wheel(temporary)) if archives else None
            packed = [
                pack(_to_be_released(release_root, built, language, assignments), language, course_name(course_root),
                     packed_wheel, packing)
                for language in languages
                if packed_wheel
            ]  # fmt: skip
            for folder in folders:
                place, old = release_root / folder, temporary / "old" / folder
                for each in (place, old):
                    each.parent.mkdir(parents=True, exist_ok=True)
                replace_folder(place, built / folder, old)
            archived = tuple(archive.replace(dist / archive.name) for archive in packed)
    return Release(tuple(release_root / folder for folder in folders), archived)


@contextmanager
def _folder_beside(folder: Path) -> Iterator[Path]:
    """A temporary folder in this one, which is made if need be: what is in it gets to its place by renaming."""
    folder.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix=".unproved-", dir=folder) as temporary:
        yield Path(temporary)


def _to_be_released(release_root: Path, built: Path, language: str, assignments: Sequence[str]) -> dict[str, bytes]:
    """What the language's folder will hold: what was built, and beside assignments that were named what lies there."""
    before = files_in(release_root / language) if assignments else {}
    kept = {path: content for path, content in before.items() if Path(path).parts[0] not in assignments}
    return kept | files_in(built / language)


def _build_proved(
    course_root: Path,
    assignments: Sequence[str],
    with_lessons: bool,
    languages: Sequence[str],
    built: Path,
    progress: Callable[[str], None],
    refused_cell: RefusedCell,
    rehearsal: Rehearsal | None,
) -> None:
    """Builds into `built`, and proves it."""
    progress("building")
    faults = source_faults(course_root, assignments)
    again = built.with_name("again")
    try:
        for destination in (built, again):
            build(course_root, assignments, languages, destination, refused_cell)
    except ReleaseError:
        _refuse(faults)  # with a source as it is, there may be nothing to build
        raise
    progress("proving what is written")
    faults += differences(files_in(built), files_in(again))
    faults += release_faults(course_root, built, assignments, languages)
    _refuse(faults + (lesson_faults(course_root, languages) if with_lessons else []))
    progress("running each notebook, unfilled and with the reference answers")
    kept = kept_in(course_root)
    # Threads wait for what runs, and a process with threads must not fork: so these are spawned.
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), torch.set_num_threads, (1,)) as processes:
        proofs = lesson_proofs(course_root, languages, built, kept) if with_lessons else []
        proofs += running_proofs(course_root, built, assignments, languages, kept)
        proofs += own_task_proofs(own_rules(sources_of_tests(course_root, assignments)), kept, processes)
        _refuse(found_by(proofs))
        if rehearsal:  # by now it is known that each cell runs to its end in a notebook
            _refuse(found_by(rehearsal_proofs(rehearsal, course_root, assignments, kept, processes)))


def assignments_of(course_root: Path) -> tuple[str, ...]:
    """The names of the course's assignments."""
    return tuple(sorted({notebook.parent.name for notebook in course_root.glob("source/*/*.ipynb")}))


def _missing(course_root: Path, chosen: Sequence[str]) -> list[Fault]:
    if not (course_root / CONFIGURATION).is_file():
        return [Fault(CONFIGURATION, "", _("it is not here"), _("Run this in the course folder, which holds it"))]
    known = assignments_of(course_root)
    if not known:
        return [Fault("source", "", _("it holds no assignment"), _("Put a notebook at source/NAME/NAME.ipynb"))]
    return [
        Fault(f"source/{name}", "", _("there is no such assignment"), _("There are: {known}", known=known))
        for name in chosen
        if name not in known
    ]


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise ReleaseError(faults)
