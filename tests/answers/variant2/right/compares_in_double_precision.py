# Convolves in double precision with zeros for a missing bias.
# %% compare_padding
def compare_padding(weight, bias, x, stride=1):
    if bias is None:
        bias = torch.zeros(len(weight))
    x, weight, bias = x.double(), weight.double(), bias.double()
    pad0, pad1 = (stats(F.conv2d(x, weight, bias, stride, padding).clamp(min=0), f"pad{padding}") for padding in (0, 1))
    return dict(
        pad0=pad0,
        pad1=pad1,
        size_difference=tuple(b - a for a, b in zip(pad0["shape"][2:], pad1["shape"][2:])),
        mean_difference=pad0["mean"] - pad1["mean"],
    )
