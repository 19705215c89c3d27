# Names a nested layer by the last part of its name alone.
# loses: test_layer_params_dict
# %% layer_params_dict
def layer_params_dict(net):
    counts = {}
    for name, module in net.named_modules():
        own = sum(p.numel() for p in module.parameters(recurse=False))
        if own:
            counts[name.split(".")[-1]] = own
    return counts
