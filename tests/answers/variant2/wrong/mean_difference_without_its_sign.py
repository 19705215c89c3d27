# Takes the absolute value of the difference of the means: by how much, but not which way.
# loses: test_compare_padding
# %% compare_padding
def compare_padding(weight, bias, x, stride=1):
    pad0 = stats(F.relu(F.conv2d(x, weight, bias, stride=stride, padding=0)), "pad0")
    pad1 = stats(F.relu(F.conv2d(x, weight, bias, stride=stride, padding=1)), "pad1")
    return {
        "pad0": pad0,
        "pad1": pad1,
        "size_difference": (pad1["shape"][2] - pad0["shape"][2], pad1["shape"][3] - pad0["shape"][3]),
        "mean_difference": abs(pad0["mean"] - pad1["mean"]),
    }
