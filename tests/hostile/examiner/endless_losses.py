# Ends its process in every second cell that it adds, with nothing to lose.
# stops: own-course-setup own-test-conv2d-params own-test-compact-budget own-test-layer-params-dict own-total
# %% after course_setup
import os

os._exit(0)

# %% after test_conv2d_params
import os

os._exit(0)

# %% after test_compact_budget
import os

os._exit(0)

# %% after test_layer_params_dict
import os

os._exit(0)

# %% after total
import os

os._exit(0)
