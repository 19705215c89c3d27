# Gives the breakdown as it is printed.
# loses: test_total
# %% total
per_layer = str(layer_params_dict(CompactNet()))
total = sum(layer_params_dict(CompactNet()).values())
