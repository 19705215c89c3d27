# Gives the layers' numbers in thousands, beside the right total.
# loses: test_total
# %% total
counts = layer_params_dict(CompactNet())
per_layer = {name: count / 1000 for name, count in counts.items()}
total = sum(counts.values())
