# Walks the tree of modules without remembering them, so that a layer used twice is counted twice.
# loses: test_layer_params_dict
# %% layer_params_dict
def layer_params_dict(net):
    counts = {}
    for name, module in net.named_modules(remove_duplicate=False):
        own = sum(p.numel() for p in module.parameters(recurse=False))
        if name and own:
            counts[name] = own
    return counts
