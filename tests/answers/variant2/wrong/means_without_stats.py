# Gives the means alone where the whole result of stats was asked for.
# loses: test_compare_padding
# %% compare_padding
def compare_padding(weight, bias, x, stride=1):
    y0 = torch.relu(F.conv2d(x, weight, bias, stride, padding=0))
    y1 = torch.relu(F.conv2d(x, weight, bias, stride, padding=1))
    return {
        "pad0": y0.mean().item(),
        "pad1": y1.mean().item(),
        "size_difference": (y1.shape[2] - y0.shape[2], y1.shape[3] - y0.shape[3]),
        "mean_difference": y0.mean().item() - y1.mean().item(),
    }
