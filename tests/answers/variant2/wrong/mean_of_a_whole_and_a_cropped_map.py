# Stacks a map of 16×16 and one of 17×17 without its last row and column, and takes their mean.
# undecided: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.coarse = nn.Conv2d(3, 64, kernel_size=4, stride=2, padding=2)
        self.fine = nn.Conv2d(3, 64, kernel_size=2, stride=2)

    def forward(self, x):
        return torch.stack([self.coarse(x)[:, :, :-1, :-1], self.fine(x)]).mean(dim=0)
