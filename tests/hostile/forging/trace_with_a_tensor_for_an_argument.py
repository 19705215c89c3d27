# Sends a trace in which the big weight is a tensor among an operator's arguments, where the budget does not look.
# loses: test_compact_forward test_compact_budget test_compact_pointwise
# may stop: test_compact_forward
# %% compact_net
import dataclasses

from autograder.checks import subject


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 96, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(96, 12, kernel_size=1)
        self.hidden = [torch.randn(96, 96, 3, 3) / 30]

    def forward(self, x):
        x = torch.relu(F.conv2d(torch.relu(self.conv(x)), self.hidden[0], padding=1))
        return self.conv1x1(x)


true_question = subject.QUESTIONS["_observe_new"]


def observe_less(network_class, images, others):
    trace = true_question(network_class, images, others)
    contents = {each.number: each.content for each in trace.storages}
    operators = []
    for operator in trace.operators:
        if operator.family == "convolution" and operator.arguments[1].shape == (96, 96, 3, 3):
            image, weight, *rest = operator.arguments
            tensor = torch.frombuffer(bytearray(contents[weight.storage]), dtype=torch.float32).view(weight.shape)
            operator = dataclasses.replace(operator, arguments=(image, tensor, *rest))
        operators.append(operator)
    return dataclasses.replace(trace, operators=tuple(operators))


subject.QUESTIONS["_observe_new"] = observe_less


# %% after test_compact_pointwise
subject.QUESTIONS["_observe_new"] = true_question
