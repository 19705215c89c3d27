# Pads the rows of the second network and not its columns.
# loses: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=(4, 2), stride=2, padding=(1, 0))

    def forward(self, x):
        return torch.relu(self.conv(x))
