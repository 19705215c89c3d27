# Lists every module with all that is in it, the network itself among them.
# loses: test_layer_params_dict test_total
# %% layer_params_dict
def layer_params_dict(net):
    return {name: sum(p.numel() for p in module.parameters()) for name, module in net.named_modules()}
