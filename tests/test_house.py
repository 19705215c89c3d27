"""The rooms of the package: arrows point down only, and what a room offers hides none of its modules."""

import ast
import re
from pathlib import Path

import pytest

import autograder

PACKAGE = Path(autograder.__file__).parent
# Each may import those before it; course and grading, of one height, need not know of each other.
ROOMS = "digests languages kinds later coding network figures tasks checks attention cells process course grading classroom cli".split()
ONE_HEIGHT = {"course", "grading"}


def imported(path: Path) -> set[str]:
    """The names that a file imports, of the package's own, with the modules that they come from."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{each.name}" for each in node.names}
        elif isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
    return {name for name in names if name.startswith("autograder.")}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_knows_nothing_above_it(room):
    above = {*ROOMS[ROOMS.index(room) + 1 :], *(ONE_HEIGHT if room in ONE_HEIGHT else ())} - {room}
    files = [*PACKAGE.glob(f"{room}.py"), *PACKAGE.glob(f"{room}/**/*.py")]

    assert files
    assert {(path.name, name) for path in files for name in imported(path) if name.split(".")[1] in above} == set()


def test_what_a_package_offers_hides_none_of_its_modules():
    hidden = [
        f"{init.parent.name}.{name}"
        for init in PACKAGE.rglob("__init__.py")
        for module, name in (each.rsplit(".", 1) for each in imported(init))
        if any((init.parent / file).exists() for file in (name, f"{name}.py"))
        and PACKAGE.parent / module.replace(".", "/") != init.parent
    ]
    assert hidden == []


def test_nothing_tells_to_install_the_package_by_name():
    """PyPI's `convlab` is someone else's: it is installed from a path."""
    written = [*PACKAGE.parent.glob("*.md")] + [*PACKAGE.parent.glob("docs/*.md")]
    written += [path for kind in ("md", "po", "py", "txt") for path in PACKAGE.rglob(f"*.{kind}")]
    by_name = re.compile(r"pip\s+install[^\n`]*[\s\"'](convlab|autograder)\b(?!/)")

    assert by_name.search("`pip install 'convlab[cluster]'`") and by_name.search('pip install -q "convlab[course]"')
    assert [path.name for path in written if by_name.search(path.read_text(encoding="utf-8"))] == []
