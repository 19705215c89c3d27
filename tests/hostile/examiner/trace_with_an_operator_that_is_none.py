# Names as an operator of the trace an attribute of PyTorch's that is none.
# loses: test_compact_forward test_compact_budget test_compact_pointwise
# %% compact_net
import dataclasses

from autograder.checks import subject


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 1)

    def forward(self, x):
        return self.conv(x)


true_question = subject.QUESTIONS["_observe_new"]


def observe_other(network_class, images, others):
    trace = true_question(network_class, images, others)
    first = dataclasses.replace(trace.operators[0], name="aten.convolution.__class__")
    return dataclasses.replace(trace, operators=(first, *trace.operators[1:]))


subject.QUESTIONS["_observe_new"] = observe_other


# %% after test_compact_pointwise
subject.QUESTIONS["_observe_new"] = true_question
