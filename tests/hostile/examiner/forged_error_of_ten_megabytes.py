# Sends as the error of its function a message of ten million letters.
# loses: test_conv2d_params test_layer_params_dict
# stops: test_conv2d_params test_layer_params_dict
# %% conv2d_params
from autograder.checks import subject

subject.QUESTIONS["_call_each"] = lambda function, calls: [subject.Raised("Error", "E" * 10_000_000)]


def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    return 0


# %% layer_params_dict
true_questions = None


def layer_params_dict(net):
    own = {name: sum(p.numel() for p in module.parameters(recurse=False)) for name, module in net.named_modules()}
    return {name: count for name, count in own.items() if count}
