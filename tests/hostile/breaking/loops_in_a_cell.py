# Loops for ever in an answer.
# loses: test_conv2d_params
# stops: conv2d_params
# %% conv2d_params
while True:
    pass
