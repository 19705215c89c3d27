# Gives the total in thousands, a rounded float.
# loses: test_total
# %% total
per_layer = layer_params_dict(CompactNet())
total = round(sum(per_layer.values()) / 1000, 1)
