# Says that its cell showed a picture whose description is bytes and tensors.
# stops: own-course-setup
# %% after course_setup
from autograder.process import wire

true_packed = wire.packed


def packed(value):
    wire.packed = true_packed
    shown = {"output_type": "display_data", "data": {}, "metadata": {"bytes": b"1", "tensor": torch.ones(3), "tuple": (1,)}}
    return true_packed((value[0], [shown]))


wire.packed = packed
