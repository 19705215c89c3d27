# Returns the size difference as a list and the mean difference as a tensor with one element.
# %% compare_padding
def compare_padding(weight, bias, x, stride=1):
    y0 = torch.relu(F.conv2d(x, weight, bias, stride))
    y1 = torch.relu(F.conv2d(F.pad(x, (1, 1, 1, 1)), weight, bias, stride))
    return {
        "pad0": stats(y0, name="p = 0"),
        "pad1": stats(y1, name="p = 1"),
        "size_difference": [y1.shape[2] - y0.shape[2], y1.shape[3] - y0.shape[3]],
        "mean_difference": y0.mean() - y1.mean(),
    }
