"""The pages on which benchmarks write what they measured."""

from collections.abc import Iterable
from pathlib import Path


def write_page(page: Path, lines: Iterable[str]) -> None:
    """Shows the lines as they are measured, and writes all of them when there are no more."""
    written = []
    for line in lines:
        print(line, flush=True)
        written.append(f"{line}\n")
    page.write_text("".join(written), encoding="utf-8")
