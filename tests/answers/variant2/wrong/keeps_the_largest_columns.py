# Keeps the sixteen largest of the seventeen values of each row, and the same of each column.
# undecided: test_pad0_shape test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, dilation=15)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        return x.topk(16, dim=-1).values.topk(16, dim=-2).values
