"""What a student's process may use."""

from dataclasses import dataclass

MEGABYTE = 2**20
# In the environment: a process with several threads can't be forked, and several on one core wait for each other.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True)
class Limits:
    """Seconds of computing are for one cell or one question, `total_seconds` for a submission.

    `memory_mb` and `processes` are for a notebook, all its processes together; of what the others are is said beside.
    """

    cpu_seconds: float = 30.0
    wall_seconds_per_cpu_second: float = 4.0  # a busy machine must not fail a right answer
    total_seconds: float = 600.0
    memory_mb: int = 4096
    processes: int = 64
    file_mb: int = 256  # of one file
    scratch_mb: int = 512  # of each file system in memory
    output_bytes: int = 2 * MEGABYTE  # of one cell
    notebook_output_bytes: int = 16 * MEGABYTE  # of all its cells but the tests
    message_bytes: int = 256 * MEGABYTE  # of an answer, tensors included
    text_bytes: int = 8 * MEGABYTE  # of an answer without its tensors

    @property
    def wall_seconds(self) -> float:
        return self.cpu_seconds * self.wall_seconds_per_cpu_second
