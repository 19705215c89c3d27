"""What was handed out: of each version of each cell that `release` has made, what a student's copy is held against."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from pathlib import Path

from nbformat import NotebookNode

from autograder.cells.files import NotANotebook, read_notebook
from autograder.cells.metadata import FLAGS, flags, grade_id
from autograder.cells.withheld import without_hidden_tests
from autograder.faults import CourseFault
from autograder.kinds import FaultKind, OddityKind
from autograder.replacing import replace_json

FILE = "released.json"  # in the course folder
METADATA = "released_versions"  # of a course's notebook, while it is in memory

Versions = dict[str, dict[str, list[str]]]  # by cell and by what of it: each that was released


def traits(cell: NotebookNode) -> dict[OddityKind, str]:
    """What of a cell is the course's, by the oddity that another one is; the text without hidden tests."""
    visible = without_hidden_tests(cell.source).strip()
    noted = flags(cell) if grade_id(cell) else {}
    kept = {name: noted.get(name) for name in FLAGS}
    return {
        OddityKind.RETYPED: cell.cell_type,
        OddityKind.CHANGED: hashlib.sha256(visible.encode(errors="surrogatepass")).hexdigest()[:24],
        OddityKind.RETAGGED: json.dumps(kept, sort_keys=True, default=str),
    }


def note_release(course_root: Path, folders: Iterable[Path]) -> None:
    """Add the versions in the released folders to those that were released before, of which none is forgotten."""
    before = _read(course_root)
    known = _with_those_in(before, (path for folder in folders for path in folder.rglob("*.ipynb")))
    if known != before:
        replace_json(course_root / FILE, known)


def released_versions(course_root: Path, folder: Path, notebook: str) -> Versions:
    """The versions of the notebook's cells that were released, which were noted or lie in the assignment's `folder`."""
    files = (path for path in folder.rglob("*.ipynb") if path.stem == notebook)
    return _with_those_in(_read(course_root), files).get(f"{folder.name}/{notebook}", {})


def _with_those_in(known: Mapping[str, Versions], files: Iterable[Path]) -> dict[str, Versions]:
    """Those that are known, and those of the notebooks in the files; what is none there was not released."""
    found = deepcopy(dict(known))
    for path in sorted(files):
        try:
            cells = read_notebook(path).cells
        except (OSError, NotANotebook):
            continue
        versions = found.setdefault(f"{path.parent.name}/{path.stem}", {})
        for cell in cells:
            if name := grade_id(cell):
                of_cell = versions.setdefault(name, {})
                for kind, trait in traits(cell).items():
                    of_cell[kind] = sorted({*of_cell.get(kind, []), trait})
    return found


def was_released(versions: Mapping[str, Mapping[str, list[str]]], name: str, kind: OddityKind, trait: str) -> bool:
    return trait in versions.get(name, {}).get(kind, ())


def _read(course_root: Path) -> dict[str, Versions]:
    """All that was noted; CourseFault where the file is no such note."""
    path = course_root / FILE
    try:
        noted = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return {notebook: _versions(cells) for notebook, cells in noted.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise CourseFault(FaultKind.BAD_RELEASED, file=FILE, error=str(error)) from error


def _versions(cells: Mapping[str, Mapping[str, Iterable[str]]]) -> Versions:
    return {name: {kind: [*known] for kind, known in kinds.items()} for name, kinds in cells.items()}
