# Counts a layer by the products of its shapes, and the total by flattening all parameters into one vector.
# %% layer_params_dict
import math


def layer_params_dict(net):
    counts = {}
    for name, module in net.named_modules():
        own = [math.prod(p.shape) for p in module.parameters(recurse=False)]
        if name and own:
            counts[name] = sum(own)
    return counts


# %% total
net = CompactNet()
per_layer = layer_params_dict(net)
total = nn.utils.parameters_to_vector(net.parameters()).numel()
