# Calls its class by a name of ten million letters.
# loses: test_compact_forward test_compact_budget test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    pass


CompactNet.__name__ = "C" * 10_000_000

# %% total
per_layer, total = {}, 0
