# Makes 16×16 places as the product of a column and a row of learned vectors, each weighed by the image.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2)
        self.rows = nn.Parameter(torch.randn(64, 16, 1))
        self.columns = nn.Parameter(torch.randn(64, 1, 16))

    def forward(self, x):
        x = torch.relu(self.conv(x)).mean(dim=(2, 3))[:, :, None, None]
        return (x * self.rows) * (x * self.columns)
