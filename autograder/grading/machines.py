"""The machines of a cluster, as the run and whoever watches it know them."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from autograder.faults import CourseFault


@dataclass
class Machines:
    """The cluster at an address, as it is heard of during a run: its workers by their addresses.

    `marking` has the machine of each that marks, `refused` why others may not, `lost` those that are gone. Nobody marks
    since `alone_since`, by the monotonic clock: `tell_alone` is called when that begins, and after `patience` seconds
    the run gives up.
    """

    address: str
    patience: float = 600.0
    tell_alone: Callable[[], None] = lambda: None
    marking: dict[str, str] = field(default_factory=dict)
    refused: dict[str, CourseFault] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    alone_since: float | None = None

    def takes_part(self, worker: str, machine: str) -> None:
        self.refused.pop(worker, None)
        self.marking[worker] = machine

    def refuse(self, worker: str, why: CourseFault) -> None:
        self.marking.pop(worker, None)
        self.refused[worker] = why

    def gone(self, worker: str) -> bool:
        """Whether one that was marking is lost with it."""
        was_marking = self.marking.pop(worker, None) is not None
        if was_marking:
            self.lost.append(worker)
        return was_marking

    def note_alone(self) -> None:
        """Since when nobody takes part, if so; it is told once, when that begins."""
        if self.marking:
            self.alone_since = None
        elif self.alone_since is None:
            self.alone_since = time.monotonic()
            self.tell_alone()
