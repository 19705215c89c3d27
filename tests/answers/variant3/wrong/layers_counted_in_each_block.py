# Counts a layer in each block that has it.
# loses: test_layer_params_dict
# %% layer_params_dict
def layer_params_dict(net, before=""):
    counts = {}
    for name, module in net.named_children():
        own = sum(p.numel() for p in module.parameters(recurse=False))
        if own:
            counts[before + name] = own
        counts |= layer_params_dict(module, f"{before}{name}.")
    return counts
