# Sends a trace with operators that its own process never executed and that take minutes.
# undecided: test_compact_forward test_compact_budget test_compact_pointwise
# %% compact_net
import dataclasses

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
    number, side = max(each.number for each in trace.storages) + 1, 4000
    views = [View(number + each, "float32", (side, side), (side, 1), 0) for each in range(8)]
    storages = [Storage(view.storage, 4 * side * side, None) for view in views]
    slow = [Operator("aten.ones.default", "", ((side, side),), {}, (views[0],))]
    slow += [
        Operator("aten.linalg_matrix_exp.default", "", (before,), {}, (after,))
        for before, after in zip(views, views[1:])
    ]
    return dataclasses.replace(
        trace, operators=(*slow, *trace.operators), storages=(*trace.storages, *storages)
    )


subject.QUESTIONS["_observe_new"] = observe_more


# %% after test_compact_pointwise
subject.QUESTIONS["_observe_new"] = true_question
