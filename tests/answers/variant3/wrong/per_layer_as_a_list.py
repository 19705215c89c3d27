# Gives per_layer as a list of the numbers without the names.
# loses: test_total
# %% total
per_layer = list(layer_params_dict(CompactNet()).values())
total = sum(per_layer)
