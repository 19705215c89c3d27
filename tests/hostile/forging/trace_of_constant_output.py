# Sends a trace in which the output is written down beforehand and reads nothing.
# loses: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
from autograder.checks import subject
from autograder.network import observe as true_observe


class ModelPad0(nn.Module):
    pass


def observe_constant(network_class, images, others):
    output = torch.rand(len(images[0]), 64, 16, 16)
    return true_observe(lambda x: output + 0, images)


true_question = subject.QUESTIONS["_observe_new"]
subject.QUESTIONS["_observe_new"] = lambda network_class, images, others: (
    observe_constant if network_class.__name__ == "ModelPad0" else true_question
)(network_class, images, others)
