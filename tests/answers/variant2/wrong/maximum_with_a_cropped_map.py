# Takes the larger one of a map of 16×16 and of one of 18×18 cut at the right and below.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.fine = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.coarse = nn.Conv2d(3, 64, kernel_size=3, dilation=7)

    def forward(self, x):
        return torch.maximum(self.fine(x), self.coarse(x).narrow(2, 0, 16).narrow(3, 0, 16))
