# Makes an entry for each parameter tensor instead of each layer.
# loses: test_layer_params_dict test_total
# %% layer_params_dict
def layer_params_dict(net):
    return {name: parameter.numel() for name, parameter in net.named_parameters()}
