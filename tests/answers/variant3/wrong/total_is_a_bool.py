# Answers whether the network is within the budget instead of how many parameters it has.
# loses: test_total
# %% total
per_layer = layer_params_dict(CompactNet())
total = sum(per_layer.values()) <= 50_000
