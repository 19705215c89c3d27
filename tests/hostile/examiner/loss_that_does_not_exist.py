# Sends as the answer to a cell that the process was lost for a reason that there is not.
# stops: own-course-setup
# %% after course_setup
from autograder.checks.losses import Lost
from autograder.process import wire

true_packed = wire.packed


def packed(value):
    wire.packed = true_packed
    return true_packed((value[0], Lost("nonsense")))


wire.packed = packed
