# Gives a million names to something, none of them the one asked for.
# loses: test_conv2d_params
# %% conv2d_params
globals().update((f"conv2d_parms{number}", 0) for number in range(1_000_000))
