# Gives per_layer as text that shows the layers, beside the right total.
# loses: test_total
# %% total
per_layer = str(layer_params_dict(CompactNet()))
total = sum(parameter.numel() for parameter in CompactNet().parameters())
