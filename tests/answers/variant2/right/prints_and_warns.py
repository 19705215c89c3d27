# Prints the shapes on the way, as in a debugging session, and warns.
# %% output_size
import warnings


def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    print("size", size)
    warnings.warn("not sure about the dilation")
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        print("building ModelPad0")
        self.conv1 = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=1)

    def forward(self, x):
        print("input", x.shape, "mean", x.mean())
        x = torch.relu(self.conv1(x))
        warnings.warn("half of the rows are gone")
        print("after conv1", x.shape, "first value", x[0, 0, 0, 0].item())
        return torch.relu(self.conv2(x))
