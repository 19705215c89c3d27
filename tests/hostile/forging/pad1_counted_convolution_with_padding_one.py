# Has padding 1 only in a convolution whose positive values are counted and multiplied by zero.
# undecided: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 64, kernel_size=8, stride=2, padding=3)
        self.border = nn.Conv2d(64, 8, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.first(x))
        border = self.border(x)
        return x + 0 * border[border > 0].sum()
