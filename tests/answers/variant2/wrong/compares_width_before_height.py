# Gives the difference of the widths before that of the heights.
# loses: test_compare_padding
# %% compare_padding
def compare_padding(weight, bias, x, stride=1):
    pad0, pad1 = (F.relu(F.conv2d(x, weight, bias, stride=stride, padding=padding)) for padding in (0, 1))
    return {
        "pad0": stats(pad0),
        "pad1": stats(pad1),
        "size_difference": (pad1.shape[3] - pad0.shape[3], pad1.shape[2] - pad0.shape[2]),
        "mean_difference": stats(pad0)["mean"] - stats(pad1)["mean"],
    }
