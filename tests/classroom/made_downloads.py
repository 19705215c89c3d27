"""Downloads as Moodle and Canvas pack them, and a small course to collect them into."""

import io
import stat
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import nbformat
from nbformat import NotebookNode

MARCH = datetime(2026, 3, 2, 12, 0, 0)
Content = NotebookNode | str | bytes


def bytes_of(content: Content) -> bytes:
    if isinstance(content, NotebookNode):
        content = nbformat.writes(content)
    return content if isinstance(content, bytes) else content.encode()


class RawName(zipfile.ZipInfo):
    """An entry whose name is written in an encoding of its own, and not marked as UTF-8."""

    def __init__(self, name: str, encoding: str, moment: datetime) -> None:
        super().__init__(name, moment.timetuple()[:6])
        self.raw = name.encode(encoding)

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.raw, self.flag_bits


def make_zip(
    files: Mapping[str, Content] | Iterable[tuple[str, Content]],
    moments: Iterable[datetime] = (),
    encoding: str = "utf-8",
) -> bytes:
    """A zip of these files; the times of the entries are given in their order, or all the same."""
    made = io.BytesIO()
    pairs = list(files.items()) if isinstance(files, Mapping) else list(files)
    times = [*moments, *[MARCH] * len(pairs)]
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for (name, content), moment in zip(pairs, times, strict=False):
            is_raw = encoding != "utf-8"
            info = RawName(name, encoding, moment) if is_raw else zipfile.ZipInfo(name, moment.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, bytes_of(content))
    return made.getvalue()


def make_link(name: str, target: str) -> bytes:
    """A zip with a symbolic link in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, target)
    return made.getvalue()


def lay(path: Path, content: Content) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes_of(content))
    return path
