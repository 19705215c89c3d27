# Computes each layer's number from its weight as if every layer had a bias.
# loses: test_layer_params_dict
# %% layer_params_dict
def layer_params_dict(net):
    counts = {}
    for name, module in net.named_modules():
        weight = getattr(module, "weight", None)
        if weight is not None:
            counts[name] = weight.numel() + weight.shape[0]
    return counts
