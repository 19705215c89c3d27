"""Settings for all tests."""

import torch
from hypothesis import settings

# The same examples in each run, and no deadline: a busy machine is no fault of the code.
settings.register_profile("course", derandomize=True, deadline=None)
settings.load_profile("course")

# Small networks: a second thread only waits, and a busy machine makes it wait long.
torch.set_num_threads(1)
