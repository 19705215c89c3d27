"""Running foreign code so that nothing of it is left: neither random numbers drawn nor words said."""

import contextlib
import io
import random
import sys
import warnings
from collections.abc import Iterator

import numpy as np
import torch


def seed_all(seed: int) -> None:
    """Seeds PyTorch's CPU generator, Python's and NumPy's."""
    torch.default_generator.manual_seed(seed)  # torch.manual_seed queues work for GPUs at each call
    random.seed(seed)
    np.random.seed(seed)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Silence inside, and nothing is compiled; random states as they were, afterwards."""
    python_state, numpy_state = random.getstate(), np.random.get_state()
    silence = io.StringIO()
    try:
        with (
            _uncompiled(),
            torch.random.fork_rng(devices=[]),
            warnings.catch_warnings(),
            contextlib.redirect_stdout(silence),
            contextlib.redirect_stderr(silence),
        ):
            warnings.simplefilter("ignore")
            yield
    finally:
        random.setstate(python_state)
        np.random.set_state(numpy_state)


def _uncompiled() -> contextlib.AbstractContextManager[object]:
    """What `torch.compile` made runs as it was written: to compile it takes half a minute, and our own code with it.

    Its compiler is over a second to import, so it is not asked about where nobody has imported it.
    """
    return torch.compiler.set_stance("force_eager") if "torch._dynamo" in sys.modules else contextlib.nullcontext()
