# Ends its process in forward.
# loses: test_compact_forward test_compact_budget test_compact_pointwise test_total
# stops: test_compact_forward test_total
# %% compact_net
import os


class CompactNet(nn.Module):
    def forward(self, x):
        os._exit(0)


# %% total
per_layer, total = {}, 0
