"""What a student downloads: one zip a language with the notebooks, the package as a wheel, and how to begin."""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from shutil import copy, copytree, ignore_patterns
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from autograder.checks.messages import _
from autograder.course.faults import Fault, ReleaseError
from autograder.digests import DISTRIBUTION

STUDENT = Path(__file__).parent / "student"
REPOSITORY = Path(__file__).parents[2]
LESSONS = "lessons"  # their folder in a release
# The date of all that is packed: the same each time, so that packing again gives the same bytes.
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def is_clone() -> bool:
    """Whether this package lies in a clone of its repository: only there can its wheel be built."""
    return (REPOSITORY / "pyproject.toml").is_file()


def wheel_faults(wheel: Path | None) -> list[Fault]:
    """Why there can be no archives with this wheel, or with one that is built where none is given."""
    if wheel is None:
        return [] if is_clone() else [
            Fault("pyproject.toml", "", _("the package is not installed from a clone of its repository"),
                  _("Give its wheel, or release without archives"))
        ]  # fmt: skip
    ours = f"{DISTRIBUTION} {metadata.version(DISTRIBUTION)}"
    give_ours = _("Give the wheel of {package}", package=ours)
    try:
        name, version, _build, _platforms = parse_wheel_filename(wheel.name)
    except InvalidWheelFilename:
        return [Fault(str(wheel), "", _("this is not the name of a wheel"), give_ours)]
    if f"{name} {version}" != ours:
        return [Fault(str(wheel), "", _("this is the wheel of {given}, and what is proved here is {package}",
                                        given=f"{name} {version}", package=ours), give_ours)]  # fmt: skip
    return [] if wheel.is_file() else [Fault(str(wheel), "", _("there is no such file"), give_ours)]


def build_wheel(folder: Path) -> Path:
    """Builds the package's wheel from a copy, as setuptools leaves files behind that a later wheel would hold."""
    project = folder / "project"
    copytree(REPOSITORY / "autograder", project / "autograder", ignore=ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "LICENSE"):
        copy(REPOSITORY / name, project)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
               "--disable-pip-version-check", "--wheel-dir", str(folder), str(project)]  # fmt: skip
    environment = {**os.environ, "SOURCE_DATE_EPOCH": f"{MOMENT.timestamp():.0f}"}
    pip = subprocess.run(command, env=environment, capture_output=True)
    if pip.returncode:
        raise ReleaseError([Fault("pyproject.toml", "", _("the package's wheel can't be built"),
                                  _("pip says: {log}", log=pip.stderr.decode(errors="replace").strip()))])  # fmt: skip
    return next(folder.glob("*.whl"))


def pack(notebooks: Mapping[str, bytes], language: str, course: str, wheel: Path, destination: Path) -> Path:
    """Writes `destination/convlab-LANGUAGE.zip` with what a language's release folder holds, and how to begin."""
    top = f"convlab-{language}"
    files = {**notebooks, **_how_to_begin(notebooks, language, course, wheel.name), wheel.name: wheel.read_bytes()}
    archive = destination / f"{top}.zip"
    with ZipFile(archive, "w", ZIP_DEFLATED) as zipped:
        for path in sorted(files):
            entry = ZipInfo(f"{top}/{path}", MOMENT.timetuple()[:6])
            entry.external_attr = 0o644 << 16
            entry.compress_type = ZIP_DEFLATED
            zipped.writestr(entry, files[path])
    return archive


def _how_to_begin(notebooks: Iterable[str], language: str, course: str, wheel: str) -> dict[str, bytes]:
    """The files for students who have these notebooks of this course."""
    folder = STUDENT / language
    templates = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        autoescape=False,
    )
    lessons = f"{LESSONS}/"
    packed = sorted(path for path in notebooks if path.endswith(".ipynb"))
    known = {
        "course": course,
        "wheel": wheel,
        "assignments": [path for path in packed if not path.startswith(lessons)],
        "lessons": any(path.startswith(lessons) for path in packed),
    }
    return {path.name: templates.get_template(path.name).render(known).encode() for path in sorted(folder.iterdir())}
