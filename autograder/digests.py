"""Digests, by which it is known that something rests on what it rested on before."""

import hashlib
import platform
import sys
from collections.abc import Collection, Iterable
from importlib.metadata import distributions
from pathlib import Path

PACKAGE = Path(__file__).parent
DISTRIBUTION = "convlab"  # its name for pip


def digest(parts: Iterable[str | bytes]) -> str:
    """A digest of these parts in this order."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode(errors="surrogatepass") if isinstance(part, str) else part
        found.update(f"{len(data)}\0".encode() + data)
    return found.hexdigest()[:24]


def digest_of_folder(folder: Path, without: Collection[str] = ()) -> str:
    """Of every file in a folder, with its place in it, but for what Python compiles and for these folders in it."""
    files = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    chosen = [place for place in sorted(files) if place.parts[0] not in without and "__pycache__" not in place.parts]
    return digest(part for place in chosen for part in (place.as_posix(), files[place].read_bytes()))


def digest_of_environment(without: Collection[str] = ()) -> str:
    """Of what running something again rests on: the package, Python, the kind of machine, and all that is installed.

    Rooms of the package that are not used can be left out.
    """
    installed = sorted(f"{each.name} {each.version}" for each in distributions())
    return digest([digest_of_folder(PACKAGE, without), sys.version, platform.platform(), *installed])
