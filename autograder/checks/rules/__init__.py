"""What a lab asks: each rule takes what the student wrote and what is expected, and gives a verdict."""

from autograder.checks.rules.counting import layer_parameters, parameter_budget, total_parameters
from autograder.checks.rules.formulas import conv2d_parameters, output_size
from autograder.checks.rules.networks import (
    depends_on_input,
    finite_output,
    output_shape,
    sizes_by_convolution_and_pooling,
)
from autograder.checks.rules.on_the_way import (
    convolutions,
    padded_convolution,
    pointwise_reduction,
    unpadded_convolution,
)
from autograder.checks.rules.padding import padding_comparison

RULES = (
    output_size,
    output_shape,
    sizes_by_convolution_and_pooling,
    depends_on_input,
    convolutions,
    unpadded_convolution,
    padded_convolution,
    padding_comparison,
    conv2d_parameters,
    parameter_budget,
    pointwise_reduction,
    finite_output,
    layer_parameters,
    total_parameters,
)
