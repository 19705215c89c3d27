# Sends a trace with an operator that says it makes one number and makes two gigabytes of them.
# loses: test_compact_forward test_compact_budget test_compact_pointwise
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
    number = max(each.number for each in trace.storages) + 1
    small = View(number, "float32", (1,), (1,), 0)
    ones = Operator("aten.ones.default", "", ((2**29,),), {}, (small,))
    return dataclasses.replace(
        trace, operators=(ones, *trace.operators), storages=(*trace.storages, Storage(number, 4, None))
    )


subject.QUESTIONS["_observe_new"] = observe_more


# %% after test_compact_pointwise
subject.QUESTIONS["_observe_new"] = true_question
