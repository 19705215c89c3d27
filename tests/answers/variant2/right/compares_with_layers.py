# Compares paddings with nn.Conv2d layers into which the given weights are copied, also when there is no bias.
# %% compare_padding
def compare_padding(weight, bias, x, stride=1):
    results = {}
    for padding in (0, 1):
        out_channels, in_channels, *kernel_size = weight.shape
        layer = nn.Conv2d(in_channels, out_channels, kernel_size, stride, padding, bias=bias is not None)
        with torch.no_grad():
            layer.weight.copy_(weight)
            if bias is not None:
                layer.bias.copy_(bias)
            results[f"pad{padding}"] = stats(torch.relu(layer(x)))
    height0, width0 = results["pad0"]["shape"][-2:]
    height1, width1 = results["pad1"]["shape"][-2:]
    results["size_difference"] = (height1 - height0, width1 - width0)
    results["mean_difference"] = results["pad0"]["mean"] - results["pad1"]["mean"]
    return results
