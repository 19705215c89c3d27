# Counts the layers instead of their parameters.
# loses: test_total
# %% total
per_layer = layer_params_dict(CompactNet())
total = len(per_layer)
