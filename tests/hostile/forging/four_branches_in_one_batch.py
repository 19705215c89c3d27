# Stacks four maps over the batch, so that one call of a convolution does the work of four.
# undecided: test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.shrink = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.conv = nn.Conv2d(64, 64, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.shrink(x))
        stacked = torch.cat([x, x.flip(1), x.roll(1, 1), x.square()])
        return torch.relu(self.conv(stacked)).unflatten(0, (4, len(x))).sum(dim=0)
