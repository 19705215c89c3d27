"""Digests, by which it is known that something rests on what it rested on before."""

import hashlib
import platform
import sys
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

PACKAGE = Path(__file__).parent


def digest(parts: Iterable[str | bytes]) -> str:
    """Another one for other parts, or as many in another order."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode(errors="surrogatepass") if isinstance(part, str) else part
        found.update(f"{len(data)}\0".encode() + data)
    return found.hexdigest()[:24]


def digest_of_folder(folder: Path) -> str:
    """Of every file in a folder, with its place in it, but for what Python compiles."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.parent.name != "__pycache__")
    return digest(part for path in files for part in (path.relative_to(folder).as_posix(), path.read_bytes()))


def digest_of_environment() -> str:
    """Of what running the same again rests on: the package, Python, the kind of machine, and all that is installed."""
    installed = sorted(f"{each.name} {each.version}" for each in distributions())
    return digest([digest_of_folder(PACKAGE), sys.version, platform.platform(), *installed])
