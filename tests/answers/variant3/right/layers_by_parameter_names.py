# Groups named_parameters by the part of the name before the last dot.
# %% layer_params_dict
from collections import defaultdict


def layer_params_dict(net):
    counts = defaultdict(int)
    for name, parameter in net.named_parameters():
        layer, _, _ = name.rpartition(".")
        counts[layer] += parameter.numel()
    return counts
