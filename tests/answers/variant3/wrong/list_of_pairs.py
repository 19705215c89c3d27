# Returns a list of pairs instead of a mapping, and sums the pairs.
# loses: test_layer_params_dict test_total
# %% layer_params_dict
def layer_params_dict(net):
    pairs = []
    for name, module in net.named_modules():
        own = sum(p.numel() for p in module.parameters(recurse=False))
        if name and own:
            pairs.append((name, own))
    return pairs


# %% total
per_layer = layer_params_dict(CompactNet())
total = sum(number for _, number in per_layer)
