# Multiplies the positive values of its unpadded convolution, as many as there are, by zero.
# undecided: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, kernel_size=4, stride=2, padding=1)
        self.unpadded = nn.Conv2d(64, 8, kernel_size=3)

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        seen = self.unpadded(x)
        return x + 0 * seen[seen > 0].sum()
