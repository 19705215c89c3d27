# Lists the layers without parameters as well, with zero.
# loses: test_layer_params_dict
# %% layer_params_dict
def layer_params_dict(net):
    counts = {}
    for name, module in net.named_modules():
        if name:
            counts[name] = sum(p.numel() for p in module.parameters(recurse=False))
    return counts
