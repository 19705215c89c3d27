# Ends its process in an answer.
# loses: test_conv2d_params
# stops: conv2d_params
# %% conv2d_params
import os

os._exit(0)
