"""What a lab asks: each rule takes what the student wrote and what is expected, and gives a verdict."""

from autograder.checks.rules.agreement import agrees
from autograder.checks.rules.counting import layer_parameters, parameter_budget, total_parameters
from autograder.checks.rules.fields import receptive_field
from autograder.checks.rules.formulas import conv2d_parameters, output_size
from autograder.checks.rules.networks import (
    depends_on_input,
    finite_output,
    output_shape,
    sizes_by_convolution_and_pooling,
)
from autograder.checks.rules.on_the_way import (
    convolutions,
    kernel_sizes,
    padded_convolution,
    pointwise_reduction,
    unpadded_convolution,
    without_padding,
)
from autograder.checks.rules.own import own_budget, own_size
from autograder.checks.rules.padding import padding_comparison

RULES = (
    agrees,
    output_size,
    output_shape,
    sizes_by_convolution_and_pooling,
    depends_on_input,
    convolutions,
    unpadded_convolution,
    padded_convolution,
    without_padding,
    kernel_sizes,
    padding_comparison,
    conv2d_parameters,
    parameter_budget,
    pointwise_reduction,
    receptive_field,
    finite_output,
    layer_parameters,
    total_parameters,
    own_size,
    own_budget,
)
