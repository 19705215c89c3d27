# Compares two fresh convolutions with weights of their own instead of the given ones.
# loses: test_compare_padding
# %% compare_padding
def compare_padding(weight, bias, x, stride=1):
    out_channels, in_channels, kernel_size, _ = weight.shape
    conv0 = nn.Conv2d(in_channels, out_channels, kernel_size, stride, padding=0)
    conv1 = nn.Conv2d(in_channels, out_channels, kernel_size, stride, padding=1)
    pad0 = stats(torch.relu(conv0(x)), "pad0")
    pad1 = stats(torch.relu(conv1(x)), "pad1")
    return {
        "pad0": pad0,
        "pad1": pad1,
        "size_difference": (pad1["shape"][2] - pad0["shape"][2], pad1["shape"][3] - pad0["shape"][3]),
        "mean_difference": pad0["mean"] - pad1["mean"],
    }
