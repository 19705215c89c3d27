"""Whether a trace is evidence, as a question."""

import torch

from autograder.network import NotEvidence, Trace
from autograder.network.evidence import confirmed


def is_evidence(trace: Trace, input: torch.Tensor) -> bool:
    try:
        confirmed(trace, input, input)
    except NotEvidence:
        return False
    return True
