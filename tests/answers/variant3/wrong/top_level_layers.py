# Looks only at the children of the network and sums what is nested in them.
# loses: test_layer_params_dict
# %% layer_params_dict
def layer_params_dict(net):
    counts = {}
    for name, child in net.named_children():
        number = sum(p.numel() for p in child.parameters())
        if number:
            counts[name] = number
    return counts
