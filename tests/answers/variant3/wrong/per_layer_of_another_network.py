# Breaks down another network of as many parameters.
# loses: test_total
# %% total
per_layer = {"conv1": 896, "conv2": 3884}
total = sum(per_layer.values())
