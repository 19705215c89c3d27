# Counts the weights of each layer and forgets the biases.
# loses: test_layer_params_dict test_total
# %% layer_params_dict
def layer_params_dict(net):
    counts = {}
    for name, module in net.named_modules():
        if hasattr(module, "weight"):
            counts[name] = module.weight.numel()
    return counts
