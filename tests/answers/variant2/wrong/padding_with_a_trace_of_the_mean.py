# Concatenates a row and a column of next to nothing, which depends on the image, before the convolution.
# loses: test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2)

    def forward(self, x):
        row = 1e-30 * x.mean() * torch.ones(len(x), 3, 1, 32)
        x = torch.cat([x, row], dim=2)
        column = 1e-30 * x.mean() * torch.ones(len(x), 3, 33, 1)
        return torch.relu(self.conv(torch.cat([x, column], dim=3)))
