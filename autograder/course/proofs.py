"""Proofs that find faults, if there are any, and can be made at the same time."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from autograder.course.faults import Fault, ReleaseError
from autograder.course.kept import Kept

Proof = Callable[[], list[Fault]]


def found_by(proofs: Iterable[Proof]) -> list[Fault]:
    """The faults that all the proofs find. Each waits for a process of its own: a thread a core keeps all busy."""
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return [fault for faults in threads.map(_found, proofs) for fault in faults]


def _found(proof: Proof) -> list[Fault]:
    try:
        return proof()
    except ReleaseError as error:
        return list(error.faults)


def proved_once(proof: Proof, kept: Kept, name: Path, rests_on: Iterable[str | bytes]) -> list[Fault]:
    """What the proof finds; nothing where it has found nothing before and rests on the same."""

    def prove_now() -> bytes:
        if faults := proof():
            raise ReleaseError(faults)
        return b""

    kept.content(name, rests_on, prove_now)
    return []
