# Gives the second network padding 2.
# loses: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=5, stride=2, padding=2)

    def forward(self, x):
        return torch.relu(self.conv(x))
