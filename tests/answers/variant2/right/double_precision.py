# Makes double precision the default of the notebook before building the networks.
# %% model_pad0
torch.set_default_dtype(torch.float64)


class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=1)

    def forward(self, x):
        return torch.relu(self.conv2(torch.relu(self.conv1(x))))


# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)

    def forward(self, x):
        return torch.relu(self.conv(x))


# %% compare_padding
def compare_padding(weight, bias, x, stride=1):
    weight, x = weight.double(), x.double()
    bias = None if bias is None else bias.double()
    pad0 = stats(torch.relu(F.conv2d(x, weight, bias, stride, padding=0)), "pad0")
    pad1 = stats(torch.relu(F.conv2d(x, weight, bias, stride, padding=1)), "pad1")
    (h0, w0), (h1, w1) = pad0["shape"][2:], pad1["shape"][2:]
    return {
        "pad0": pad0,
        "pad1": pad1,
        "size_difference": (h1 - h0, w1 - w0),
        "mean_difference": pad0["mean"] - pad1["mean"],
    }
