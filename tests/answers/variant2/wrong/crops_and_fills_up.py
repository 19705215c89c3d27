# Cuts the inside out of a map that has the size already, and fills the border up with zeros.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        return F.pad(x[:, :, 1:15, 1:15], (1, 1, 1, 1))
