# Writes the budget as the total.
# loses: test_total
# %% total
per_layer = layer_params_dict(CompactNet())
total = 50_000
