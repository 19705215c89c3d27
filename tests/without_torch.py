"""A Python in which PyTorch is not installed, nor what else comes with the package's extra `torch`."""

import site
import subprocess
import sys
from pathlib import Path

from autograder.later import OF_EXTRA

# Every start of this Python runs it, that of the warm process in the sandbox, too.
NOT_FOUND = f"""
from importlib.machinery import PathFinder

MISSING = {OF_EXTRA!r}


def without(find):
    def found(name, *more):
        return None if name.split(".")[0] in MISSING else find(name, *more)

    return staticmethod(found)


def without_distributions(find):
    def found(*context):
        return (each for each in find(*context) if each.name not in MISSING)

    return staticmethod(found)


PathFinder.find_spec = without(PathFinder.find_spec)
PathFinder.find_distributions = without_distributions(PathFinder.find_distributions)
"""


def python_without_torch(folder: Path) -> Path:
    """It is made in the folder, and finds all packages that this Python finds, but for those."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = folder / "lib" / version / "site-packages"
    (packages / "not_found.py").write_text(NOT_FOUND)  # no sitecustomize: a system's Python may bring one, found before
    (packages / "all.pth").write_text("\n".join([*site.getsitepackages(), "import not_found"]) + "\n")
    return python
