"""Submissions that are strewn into a class: each is an honest one spoilt, by a name, a size, a date or a kind of file."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.kinds import FaultKind

Notebook = dict[str, Any]
Spoil = Callable[[Path, Notebook, str], None]  # the submission's folder, the honest notebook, its file's name
CONTROLS = "\x1b[2J\x1b]0;owned\x07\u202e\u2066[/red]\r\n\x9b"  # what a terminal or a markup would obey
MOST_OUTPUTS = 12  # cells that print 2 MB: more than a notebook may keep


def strew(submitted: Path, assignment: str, student: str, kind: str) -> str:
    """Spoil the honest submission of a student; the name that the student has then."""
    folder = submitted / student / assignment
    path = folder / f"{assignment}.ipynb"
    SPOILT[kind][1](folder, json.loads(path.read_bytes()), path.name)
    if kind not in RENAMED:
        return student
    renamed = os.fsdecode(os.fsencode(student) + RENAMED[kind])
    (submitted / student).rename(submitted / renamed)
    return renamed


def _timestamp(text: str) -> Spoil:
    return lambda folder, _notebook, _name: _write(folder / "timestamp.txt", text.encode())


def _text(make: Callable[[str], str]) -> Spoil:
    """The notebook's text made into another."""
    return lambda folder, notebook, name: _write(folder / name, make(json.dumps(notebook)).encode())


def _cells(make: Callable[[list[Notebook]], list[Notebook]]) -> Spoil:
    """The notebook's cells made into others."""
    return lambda folder, notebook, name: _write(
        folder / name, json.dumps(notebook | {"cells": make(notebook["cells"])}, ensure_ascii=False).encode()
    )


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _beside(name: str | bytes, content: bytes = b"1") -> Spoil:
    return lambda folder, _notebook, _name: _write(folder / os.fsdecode(name), content)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2 * 2**30)


def _deep_path(folder: Path, _notebook: Notebook, _name: str) -> None:
    """A file whose path is as long as the system's longest, made from folder to folder."""
    left = 4094 - len(os.fsencode(folder)) - len("/end")
    here = os.open(folder, os.O_RDONLY)
    while left > 1:
        part = "d" * min(200, left - 1)
        os.mkdir(part, dir_fd=here)
        deeper = os.open(part, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here, left = deeper, left - len(part) - 1
    os.close(os.open("end", os.O_CREAT, dir_fd=here))
    os.close(here)


def _many_files(folder: Path, _notebook: Notebook, _name: str) -> None:
    for number in range(6_000):
        (folder / f"{number}.txt").touch()


def _copies(count: int) -> Callable[[list[Notebook]], list[Notebook]]:
    """So many copies of the last test."""

    def with_copies(cells: list[Notebook]) -> list[Notebook]:
        test = next(cell for cell in reversed(cells) if "test_" in str(cell["metadata"].get("nbgrader")))
        return [*cells, *[test | {"id": f"copy-{number}"} for number in range(count)]]

    return with_copies


def _own(number: int, source: str, text: str = "") -> Notebook:
    outputs = [{"output_type": "stream", "name": "stdout", "text": text}] if text else []
    return {"cell_type": "code", "id": f"own-{number}", "metadata": {}, "source": source,
            "outputs": outputs, "execution_count": 1}  # fmt: skip


def _printing(cells: list[Notebook]) -> list[Notebook]:
    return [*cells, *[_own(number, "print('o' * 2_000_000)") for number in range(MOST_OUTPUTS)]]


def _with_outputs(cells: list[Notebook]) -> list[Notebook]:
    return [*cells, *[_own(number, "1", "ы" * 500_000 + "😀") for number in range(30)]]


# By what was done: the fault that is to be told, or None where all that is honest in it is marked.
SPOILT: dict[str, tuple[FaultKind | None, Spoil]] = {
    "a timestamp of words": (FaultKind.BAD_TIMESTAMP, _timestamp("as soon as I could")),
    "a timestamp of the year 99999": (FaultKind.BAD_TIMESTAMP, _timestamp("99999-01-01 00:00:00 UTC")),
    "a timestamp whose zone is a file": (FaultKind.BAD_TIMESTAMP, _timestamp("2026-11-28 17:30 /proc/kmsg")),
    "a timestamp with controls": (FaultKind.BAD_TIMESTAMP, _timestamp(CONTROLS)),
    "a timestamp of 40 MB": (FaultKind.BAD_TIMESTAMP, _timestamp("1" * 40_000_000)),
    "a timestamp that is a pipe": (FaultKind.NOT_A_FILE, lambda folder, *_: os.mkfifo(folder / "timestamp.txt")),
    "a timestamp that is a link": (
        FaultKind.LINK,
        lambda folder, *_: (folder / "timestamp.txt").symlink_to("/etc/hostname"),
    ),
    "a timestamp as nbgrader writes it": (None, _timestamp("2026-11-28 17:30:00.123456 Europe/Moscow")),
    "a folder named in cp1251": (FaultKind.NAME_IS_NO_TEXT, lambda *_: None),
    "a folder named by controls": (FaultKind.BAD_NAME, lambda *_: None),
    "a file named in cp1251": (None, _beside("отчёт.txt".encode("cp1251"))),
    "a notebook beside, named by controls": (None, _beside(f"{CONTROLS.replace('/', '')}.ipynb")),
    "a path of 4,094 bytes": (FaultKind.LONG_PATH, _deep_path),
    "6,000 files": (FaultKind.TOO_MANY_FILES, _many_files),
    "a sparse file of 2 GB": (FaultKind.TOO_LARGE, lambda folder, *_: _sparse(folder / "data.bin")),
    "a sparse notebook of 2 GB": (FaultKind.TOO_LARGE, lambda folder, _notebook, name: _sparse(folder / name)),
    "9 MB of empty lists": (
        FaultKind.TOO_MANY_VALUES,
        _text(lambda text: '{"more": [' + "[]," * 3_000_000 + "[]]," + text[1:]),
    ),
    "30 MB of backslashes": (None, _text(lambda text: '{"more": "' + "\\\\" * 15_000_000 + '",' + text[1:])),
    "a list in 5,000 lists": (
        FaultKind.TOO_DEEP,
        _text(lambda text: '{"more": ' + "[" * 5_000 + "]" * 5_000 + "," + text[1:]),
    ),
    "3,000 copies of a test": (FaultKind.TOO_MANY_CELLS, _cells(_copies(3_000))),
    "500 copies of a test": (None, _cells(_copies(500))),
    "30 MB of outputs": (None, _cells(_with_outputs)),
    "cells that print more than is kept": (None, _cells(_printing)),
    "an attachment of lists": (
        None,
        _cells(lambda cells: [cell | {"attachments": {"a": [[]] * 2_000}} for cell in cells]),
    ),
}
RENAMED = {
    "a folder named in cp1251": "-Иванов".encode("cp1251"),
    "a folder named by controls": CONTROLS.replace("/", "").encode(),
}
