# Has the right total and a breakdown with nothing in it.
# loses: test_total
# %% total
per_layer = {}
total = sum(p.numel() for p in CompactNet().parameters())
