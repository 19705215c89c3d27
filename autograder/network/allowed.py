"""The operators that a replay may execute: those that compute from tensors alone, by name."""

import contextlib
import functools
from collections.abc import Iterator
from textwrap import shorten
from typing import Any

import torch

# Besides these, every operator that PyTorch itself tags as point-wise, core or a reduction.
ALSO_ALLOWED = frozenset(
    """
    _batch_norm_with_update _cdist_forward _chunk_cat _euclidean_dist _fft_c2c _fused_rms_norm _linalg_det
    _linalg_eigh _linalg_slogdet _linalg_solve_ex _linalg_svd _native_multi_head_attention _prelu_kernel
    _reshape_alias _safe_softmax _scaled_dot_product_flash_attention_for_cpu _transformer_encoder_layer_fwd
    _trilinear _unique2 _unsafe_index _unsafe_index_put _unsafe_view _upsample_bicubic2d_aa
    _upsample_bilinear2d_aa _upsample_nearest_exact1d _upsample_nearest_exact2d _weight_norm_interface
    adaptive_max_pool2d adaptive_max_pool3d addbmm addmv addr affine_grid_generator alias_copy as_strided_
    as_strided_copy baddbmm bartlett_window bernoulli binary_cross_entropy binary_cross_entropy_with_logits
    bincount blackman_window block_diag bucketize cauchy channel_shuffle cholesky cholesky_inverse
    cholesky_solve complex conv_tbc cudnn_batch_norm cummax cummin cumprod diag_embed diagonal_copy
    diagonal_scatter dist dot empty_like empty_permuted expand_copy exponential eye
    fake_quantize_per_channel_affine_cachemask fake_quantize_per_tensor_affine_cachemask floor_divide
    fractional_max_pool2d fractional_max_pool3d geometric glu grid_sampler_3d hamming_window hann_window
    hardsigmoid hardswish histc histogram huber_loss im2col index_add index_copy index_fill index_reduce isin
    kaiser_window kthvalue lift_fresh linalg_cholesky_ex linalg_cross linalg_eig linalg_householder_product
    linalg_inv_ex linalg_lstsq linalg_lu linalg_lu_factor_ex linalg_lu_solve linalg_matrix_exp linalg_pinv
    linalg_qr linalg_solve_triangular linspace log_normal log_sigmoid_forward logcumsumexp logspace lu_unpack
    masked_select max_unpool2d max_unpool3d median mkldnn_rnn_layer mode mse_loss multinomial mv nanmedian
    narrow_copy native_batch_norm new_empty new_empty_strided new_full new_ones new_zeros nll_loss2d_forward
    nll_loss_forward normal normal_functional ones ones_like permute_copy pixel_shuffle pixel_unshuffle polar
    put rand_like randint randint_like randn_like random range renorm repeat_interleave replication_pad1d roll
    rot90 rrelu_with_noise searchsorted smooth_l1_loss soft_margin_loss split_with_sizes_copy squeeze_copy stack
    t_copy take trace transpose transpose_copy triangular_solve tril tril_indices triu triu_indices unbind_copy
    unfold unfold_copy uniform unique_consecutive unique_dim unsqueeze_copy upsample_bicubic2d upsample_linear1d
    upsample_nearest1d upsample_nearest3d upsample_trilinear3d vdot view_copy zero zeros zeros_like
    """.split()
)
ALLOWED_TAGS = {torch.Tag.pointwise, torch.Tag.core, torch.Tag.reduction}
MOST_LETTERS = 300  # of what an error says
NEVER = frozenset({"from_file", "_print", "set_", "resize_", "set", "resize"})


class CannotReplay(Exception):
    """The trace holds something that the replay does not execute: no verdict can rest on it."""


class NotEvidence(Exception):
    """A trace whose operators do not give its output: no network ran so."""


@contextlib.contextmanager
def told_as(fault: type[Exception]) -> Iterator[None]:
    """Errors of PyTorch's inside, or of Python's, mean this; what they say is shortened to one line."""
    try:
        yield
    except (RuntimeError, IndexError, ValueError, TypeError, AttributeError) as error:
        raise fault(shorten(f"{type(error).__name__}: {error}", MOST_LETTERS)) from error


@functools.cache
def operator_of(name: str) -> Any:
    """PyTorch's operator of that name; CannotReplay for names outside of `aten`."""
    namespace, family, overload = (name.split(".") + ["", ""])[:3]
    packet = getattr(torch.ops.aten, family, None) if namespace == "aten" else None
    function = getattr(packet, overload, None)
    if function is None:
        raise CannotReplay(f"{name} is not an operator that a replay knows")
    return function


@functools.cache
def is_mutable(name: str) -> bool:
    """Whether the operator may write into what it is given."""
    return bool(operator_of(name)._schema.is_mutable)


def functional_name(family: str) -> str:
    """The family of operators without the mark of those that work in place."""
    return family if family.endswith("__") else family.rstrip("_")


@functools.cache
def allowed_operator(name: str) -> Any:
    """The operator, if a replay may execute it; CannotReplay otherwise."""
    function = operator_of(name)
    family = name.split(".")[1]
    functional = functional_name(family)
    counterpart = getattr(torch.ops.aten, functional, None)
    overloads = [getattr(counterpart, each) for each in counterpart.overloads()] if counterpart else []
    tags = set(function.tags).union(*(overload.tags for overload in overloads))
    if family in NEVER or not (functional in ALSO_ALLOWED or ALLOWED_TAGS & tags):
        raise CannotReplay(f"the operator {name} is not one that a replay executes")
    return function
