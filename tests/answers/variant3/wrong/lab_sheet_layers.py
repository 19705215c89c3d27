# Counts the parameters of a layer's children again in the layer, where both have parameters.
# loses: test_layer_params_dict
# %% layer_params_dict
def layer_params_dict(net):
    counts = {}
    for name, module in net.named_modules():
        own = list(module.parameters(recurse=False))
        if name and own:
            counts[name] = sum(p.numel() for p in module.parameters())
    return counts
