# Sends a number where the trace of a network is asked for.
# loses: test_compact_forward test_compact_budget test_compact_pointwise
# stops: test_compact_forward
# %% compact_net
from autograder.checks import subject


class CompactNet(nn.Module):
    pass


true_question = subject.QUESTIONS["_observe_new"]
subject.QUESTIONS["_observe_new"] = lambda network_class, images, others: 5


# %% after test_compact_pointwise
subject.QUESTIONS["_observe_new"] = true_question


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 1)

    def forward(self, x):
        return self.conv(x)
