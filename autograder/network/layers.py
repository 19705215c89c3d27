"""What a convolution and a pooling are among operators, and what other operators do with the places of a map."""

import functools
from dataclasses import dataclass
from typing import Any

import torch

from autograder.network.allowed import functional_name, operator_of
from autograder.network.arithmetic import output_size, output_size_sentence
from autograder.network.records import Operator, Recording, View

KINDS = {
    "max_pool2d": "MaxPool2d",
    "max_pool2d_with_indices": "MaxPool2d",
    "avg_pool2d": "AvgPool2d",
    "_adaptive_avg_pool2d": "AdaptiveAvgPool2d",
    "adaptive_avg_pool2d": "AdaptiveAvgPool2d",
    "adaptive_max_pool2d": "AdaptiveMaxPool2d",
    "fractional_max_pool2d": "FractionalMaxPool2d",
}
GLOBAL_POOLING = "AdaptiveAvgPool2d"  # of size 1, which PyTorch executes as a mean

# Operators that read the shape of a tensor and none of its numbers.
FACTORIES = frozenset(
    """
    empty_like zeros_like ones_like full_like rand_like randn_like randint_like
    new_empty new_empty_strided new_zeros new_ones new_full
    """.split()
)
# Each number that leaves is one that entered, or one from nothing.
MOVING = frozenset(
    """
    _chunk_cat _unsafe_index _unsafe_index_put block_diag cat channel_shuffle constant_pad_nd copy diag_embed
    diagonal_copy diagonal_scatter expand_copy flip gather im2col index index_copy index_put index_select
    masked_select narrow_copy permute_copy pixel_shuffle pixel_unshuffle reflection_pad1d reflection_pad2d
    reflection_pad3d repeat replication_pad1d replication_pad2d replication_pad3d roll rot90 scatter select_scatter
    slice_scatter split_with_sizes_copy squeeze_copy stack t_copy take transpose_copy tril triu unbind_copy
    unfold_copy unsqueeze_copy view_copy
    """.split()
)
# Of these, those that write into a part of their first argument.
WRITING = frozenset(
    "_unsafe_index_put copy diagonal_scatter index_copy index_put scatter select_scatter slice_scatter".split()
)
# Each number that leaves stands for the one that entered at its place, whatever else it was made with.
KEEPING = frozenset(
    """
    _batch_norm_with_update _fused_rms_norm _log_softmax _native_batch_norm_legit
    _native_batch_norm_legit_no_training _prelu_kernel _softmax _to_copy bernoulli cudnn_batch_norm
    fake_quantize_per_channel_affine_cachemask fake_quantize_per_tensor_affine_cachemask fill floor_divide hardswish
    index_fill lift_fresh log_sigmoid_forward native_batch_norm native_dropout native_group_norm native_layer_norm
    renorm rrelu_with_noise zero
    """.split()
)
INTERPOLATING = ("upsample", "_upsample", "grid_sampler", "adaptive", "_adaptive", "max_unpool", "col2im")
SORTING = frozenset("cumsum cumprod cummax cummin logcumsumexp sort topk".split())  # along one axis
REDUCING = frozenset("linalg_vector_norm median nanmedian std_mean var_mean".split())  # besides those tagged so
CHANNEL_WINDOWS = frozenset({"avg_pool3d", "max_pool3d_with_indices"})  # as of a local response norm
# Where the two operands of a matrix product stand among the arguments.
PRODUCTS = {"mm": 0, "bmm": 0, "mv": 0, "dot": 0, "addmm": 1, "baddbmm": 1, "addbmm": 1, "addmv": 1}
LINEAR = frozenset({"mm", "addmm"})  # what PyTorch executes for a linear layer on rows of numbers
BATCH_NORMS = frozenset(name for name in KEEPING if "batch_norm" in name)
STATISTICS_ARGUMENTS = slice(3, 5)  # running_mean and running_var among a batch norm's arguments


@dataclass(frozen=True)
class Window:
    """One use of a convolution or pooling; settings have a number for each axis.

    `kernel_size`, `stride`, `padding` and `dilation` are empty where a pooling is given the size of its output alone.
    """

    index: int
    module: str
    kind: str
    in_channels: int
    out_channels: int
    kernel_size: tuple[int, ...]
    stride: tuple[int, ...]
    padding: tuple[int, ...]
    dilation: tuple[int, ...]
    groups: int
    transposed: bool
    bias: bool
    input_shape: tuple[int, ...]
    output_shape: tuple[int, ...]

    @property
    def is_convolution(self) -> bool:
        return self.kind.startswith("Conv")

    @property
    def is_plane_convolution(self) -> bool:
        """A convolution of 2-d maps, not a transposed one."""
        return self.kind == "Conv2d"

    @property
    def is_pointwise(self) -> bool:
        """A 1×1 convolution of 2-d maps, not a transposed one."""
        return self.is_plane_convolution and all(side == 1 for side in self.kernel_size)

    @property
    def sums_channels(self) -> bool:
        """Whether it is a convolution along one axis with a kernel of one number: a matrix product."""
        return self.kind == "Conv1d" and (*self.kernel_size, *self.stride, *self.padding) == (1, 1, 0)

    @property
    def makes_sizes(self) -> bool:
        """Whether this is one of the two lawful ways to a size: a convolution, or a pooling that does not enlarge."""
        if self.is_convolution:
            return self.is_plane_convolution
        return all(new <= old for new, old in zip(self.output_shape[-2:], self.input_shape[-2:], strict=True))

    def along(self, axis: int) -> tuple[int, int, int, int]:
        """Kernel size, stride, padding and dilation along height (0) or width (1)."""
        return self.kernel_size[axis], self.stride[axis], self.padding[axis], self.dilation[axis]

    def sizes(self, axis: int) -> tuple[int, int]:
        """Pixels before and after along height (0) or width (1)."""
        return self.input_shape[axis - 2], self.output_shape[axis - 2]

    def sentence(self, axis: int) -> str | None:
        """The output size along an axis by formula; None where it is another, as of a pooling that rounds up."""
        before, after = self.sizes(axis)
        if not self.kernel_size or self.transposed or output_size(before, *self.along(axis)) != after:
            return None
        return output_size_sentence(before, *self.along(axis))


def layer_name(module: str) -> str:
    """The name of a layer, or of the place where an operator without a layer ran."""
    return module or "forward"


def windows(trace: Recording) -> tuple[Window, ...]:
    """Every convolution and pooling that ran, in order of execution."""
    found = (window_of(index, operator) for index, operator in enumerate(trace.operators))
    return tuple(window for window in found if window)


def window_of(index: int, operator: Operator) -> Window | None:
    """The operator as a convolution or a pooling of 2-d maps, if it is one."""
    if operator.family == "convolution":
        return _convolution(index, operator)
    if operator.family in KINDS:
        return _pooling(index, operator, KINDS[operator.family])
    if operator.family == "mean" and _keeps_axes_of_one_pixel(operator):
        return _pooling(index, operator, GLOBAL_POOLING)
    return None


def _convolution(index: int, operator: Operator) -> Window:
    input, weight, bias, stride, padding, dilation, transposed, _output_padding, groups = operator.arguments
    first, second = weight.shape[:2]
    rank = len(weight.shape) - 2
    return Window(
        index=index,
        module=operator.module,
        kind=f"{'ConvTranspose' if transposed else 'Conv'}{rank}d",
        in_channels=first if transposed else second * groups,
        out_channels=second * groups if transposed else first,
        kernel_size=weight.shape[2:],
        stride=_for_each_axis(stride, rank),
        padding=_for_each_axis(padding, rank),
        dilation=_for_each_axis(dilation, rank),
        groups=groups,
        transposed=transposed,
        bias=bias is not None,
        input_shape=input.shape,
        output_shape=operator.outputs[0].shape,
    )


def _pooling(index: int, operator: Operator, kind: str) -> Window:
    input, *given = operator.arguments
    kernel_size: tuple[int, ...] = ()
    stride, padding, dilation = kernel_size, kernel_size, kernel_size
    if kind in ("MaxPool2d", "AvgPool2d"):
        kernel_size, *rest = given
        stride = rest[0] if rest and rest[0] else kernel_size
        padding = rest[1] if len(rest) > 1 else (0,)
        dilation = rest[2] if len(rest) > 2 and kind == "MaxPool2d" else (1,)  # an average has ceil_mode there
    before, after = input.shape, operator.outputs[0].shape
    return Window(
        index=index,
        module=operator.module,
        kind=kind,
        in_channels=before[-3],
        out_channels=after[-3],
        kernel_size=_for_each_axis(kernel_size, 2),
        stride=_for_each_axis(stride, 2),
        padding=_for_each_axis(padding, 2),
        dilation=_for_each_axis(dilation, 2),
        groups=1,
        transposed=False,
        bias=False,
        input_shape=before,
        output_shape=after,
    )


def _for_each_axis(values: tuple[int, ...], rank: int) -> tuple[int, ...]:
    return values * rank if len(values) == 1 else values


def _keeps_axes_of_one_pixel(operator: Operator) -> bool:
    before, after = operator.inputs[0].shape, operator.outputs[0].shape
    return len(before) == len(after) == 4 and after[-2:] == (1, 1) and before[:2] == after[:2] and before != after


def functional_family(operator: Operator) -> str:
    """The operator's family without the mark of what works in place."""
    return functional_name(operator.family)


def numbers_read(operator: Operator) -> tuple[View, ...]:
    """The tensors that it reads numbers of, and not only their shape."""
    return () if functional_family(operator) in FACTORIES else operator.inputs


def is_view(operator: Operator) -> bool:
    """Whether what it gives shows memory that it was given, and nothing is written."""
    read = {view.storage for view in operator.inputs}
    return not operator.writes and bool(operator.outputs) and all(view.storage in read for view in operator.outputs)


def is_pointwise(operator: Operator) -> bool:
    """Whether each number that leaves is made of those at its place alone, as PyTorch itself says."""
    return _has_tag(operator.name, functional_family(operator), torch.Tag.pointwise)


def is_reduction(operator: Operator) -> bool:
    family = functional_family(operator)
    return family in REDUCING or _has_tag(operator.name, family, torch.Tag.reduction)


def draws(operator: Operator) -> bool:
    """Whether it draws random numbers."""
    return _has_tag(operator.name, functional_family(operator), torch.Tag.nondeterministic_seeded)


@functools.cache
def _has_tag(name: str, family: str, tag: torch.Tag) -> bool:
    counterpart = getattr(torch.ops.aten, family, None)
    overload = name.split(".")[-1]
    functional = getattr(counterpart, overload, None) or getattr(counterpart, "default", None)
    return any(tag in each.tags for each in (operator_of(name), functional) if each is not None)


def product_operands(operator: Operator) -> tuple[Any, Any] | None:
    """The two operands of a matrix product, or of a convolution the map and the weight; None for other operators."""
    place = 0 if operator.family == "convolution" else PRODUCTS.get(functional_family(operator))
    return None if place is None else (operator.arguments[place], operator.arguments[place + 1])


def reduced_axes(operator: Operator) -> set[int]:
    """The axes of its first argument that a reduction reduces."""
    rank = len(operator.inputs[0].shape)
    names = [argument.name for argument in operator_of(operator.name)._schema.arguments]
    named = dict(zip(names, operator.arguments, strict=False)) | operator.options
    given: Any = named.get("dim")
    axes = given if isinstance(given, tuple) else () if given is None else (given,)
    return {axis % rank for axis in axes} if axes and rank else set(range(rank))


def running_statistics(operator: Operator) -> tuple[View, ...]:
    """What a batch norm reads as running mean and variance."""
    if functional_family(operator) not in BATCH_NORMS:
        return ()
    return tuple(view for view in operator.arguments[STATISTICS_ARGUMENTS] if isinstance(view, View))
