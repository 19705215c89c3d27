# Sorts the rows of the map by their brightness in Python, and cuts the darkest one of seventeen off.
# undecided: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, dilation=15)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        rows = sorted(range(17), key=x.mean(dim=(0, 1, 3)).tolist().__getitem__)[1:]
        return torch.stack([x[:, :, row, :16] for row in rows], dim=2)
