"""Files and folders put in the place of older ones: whatever goes wrong meanwhile, one of the two lies there."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def replace_file(path: Path, content: bytes) -> None:
    """Write a file beside it, then rename it; OSError."""
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(content)
    new.replace(path)


def replace_json(path: Path, value: Any) -> None:
    """The same, of a value as JSON in lines that a person can read; OSError."""
    replace_file(path, (json.dumps(value, indent=1, sort_keys=True) + "\n").encode())


def read_json(path: Path) -> dict[str, Any]:
    """What a file says as JSON, which no schema was asked about; nothing where there is none, or no object in it."""
    try:
        written = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return written if isinstance(written, dict) else {}


def first_free(candidates: Iterable[Path]) -> Path:
    """The first of the paths where nothing lies."""
    return next(path for path in candidates if not path.exists())


def replace_folder(folder: Path, new: Path, old: Path) -> None:
    """Put `new` where `folder` is, and that, if it is there, where `old` is; OSError."""
    had_one = folder.exists()
    if had_one:
        folder.rename(old)
    try:
        new.rename(folder)
    except BaseException:
        if had_one:
            old.rename(folder)
        raise
