# Throws the padded convolution of the second network away.
# loses: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.padded = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)
        self.plain = nn.Conv2d(3, 64, kernel_size=2, stride=2)

    def forward(self, x):
        y = self.padded(x)
        y = self.plain(x)
        return torch.relu(y)
