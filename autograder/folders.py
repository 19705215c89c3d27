"""The files of a folder as plain data: their bytes by their paths in it."""

from collections.abc import Mapping
from pathlib import Path


def files_in(folder: Path) -> dict[str, bytes]:
    """What lies in a folder and in those below it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Lay the files into a folder, and what folders they need; OSError."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
