# Sorts the rows and columns of a map of 17×17 by their brightness, and leaves out the darkest of each.
# undecided: test_pad0_layers
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, dilation=15)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        rows = x.mean(dim=(0, 1, 3)).argsort(descending=True)[:16]
        columns = x.mean(dim=(0, 1, 2)).argsort(descending=True)[:16]
        return x[:, :, rows][:, :, :, columns]
