# Gives the layers of another network beside the right total.
# loses: test_total
# %% total
per_layer = layer_params_dict(nn.Sequential(nn.Conv2d(3, 32, 3), nn.Conv2d(32, 12, 1), nn.Conv2d(12, 32, 3)))
total = sum(per_layer.values())
