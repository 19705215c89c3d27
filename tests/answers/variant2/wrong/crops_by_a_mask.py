# Takes the inside out of a map of 18×18 by a mask, and gives it the shape of 16×16.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, dilation=7)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        inside = F.pad(torch.ones(16, 16, dtype=torch.bool), (1, 1, 1, 1))
        return x[:, :, inside].view(-1, 64, 16, 16)
