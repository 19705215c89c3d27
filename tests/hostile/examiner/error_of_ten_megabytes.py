# Raises an error with a message of ten million letters in forward.
# loses: test_compact_forward test_compact_budget test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def forward(self, x):
        raise ValueError("E" * 10_000_000)


# %% total
per_layer, total = {}, 0
