# Computes the total with conv2d_params, layer by layer.
# %% total
per_layer = layer_params_dict(CompactNet())
total = conv2d_params(3, 32, 3) + conv2d_params(32, 12, 1) + conv2d_params(12, 32, 3)
