# Leaves per_layer empty beside the right total.
# loses: test_total
# %% total
per_layer = {}
total = sum(parameter.numel() for parameter in CompactNet().parameters())
