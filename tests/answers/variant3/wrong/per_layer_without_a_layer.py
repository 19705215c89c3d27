# Forgets a layer in per_layer and not in the total.
# loses: test_total
# %% total
per_layer = layer_params_dict(CompactNet())
total = sum(per_layer.values())
del per_layer["conv1x1"]
