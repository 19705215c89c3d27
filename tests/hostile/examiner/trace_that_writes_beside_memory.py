# Sends a trace with indices that lead an operator of PyTorch's, which does not check them, out of its memory.
# loses: test_compact_forward test_compact_budget test_compact_pointwise
# %% compact_net
import dataclasses
import struct

from autograder.checks import subject
from autograder.network.records import Operator, Storage, View


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 1)

    def forward(self, x):
        return self.conv(x)


true_question = subject.QUESTIONS["_observe_new"]


def observe_more(network_class, images, others):
    trace = true_question(network_class, images, others)
    number = max(each.number for each in trace.storages) + 1
    made, indices = View(number, "float32", (1, 1, 2, 2), (4, 4, 2, 1), 0), View(number + 1, "int64", (1, 1, 1, 1), (1,) * 4, 0)
    one, four = View(number + 2, "float32", (1, 1, 1, 1), (1,) * 4, 0), View(number + 3, "float32", (1, 1, 2, 2), (4, 4, 2, 1), 0)
    storages = [
        Storage(number, 16, None),
        Storage(number + 1, 8, struct.pack("q", 2**44)),
        Storage(number + 2, 4, bytes(4)),
        Storage(number + 3, 16, bytes(16)),
    ]
    arguments = (one, four, (2, 2), (2, 2), (0, 0), (1, 1), False, indices)
    beside = Operator("aten.max_pool2d_with_indices_backward.default", "", arguments, {}, (made,))
    return dataclasses.replace(
        trace, operators=(beside, *trace.operators), storages=(*trace.storages, *storages)
    )


subject.QUESTIONS["_observe_new"] = observe_more


# %% after test_compact_pointwise
subject.QUESTIONS["_observe_new"] = true_question
