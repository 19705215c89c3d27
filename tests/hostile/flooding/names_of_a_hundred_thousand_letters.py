# Gives names of a hundred thousand letters to a thousand things.
# loses: test_conv2d_params
# %% conv2d_params
globals().update(("n" * 100_000 + str(number), number) for number in range(1000))
