# Counts the layers and leaves the total at None.
# loses: test_total
# %% total
per_layer = layer_params_dict(CompactNet())
total = None
