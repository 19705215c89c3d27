# Ignores the stride.
# loses: test_compare_padding
# %% compare_padding
def compare_padding(weight, bias, x, stride=1):
    pad0 = stats(torch.relu(F.conv2d(x, weight, bias, padding=0)), "pad0")
    pad1 = stats(torch.relu(F.conv2d(x, weight, bias, padding=1)), "pad1")
    return {
        "pad0": pad0,
        "pad1": pad1,
        "size_difference": (pad1["shape"][2] - pad0["shape"][2], pad1["shape"][3] - pad0["shape"][3]),
        "mean_difference": pad0["mean"] - pad1["mean"],
    }
