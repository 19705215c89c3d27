# Forgets super().__init__(), so that the network can't be built.
# loses: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)

    def forward(self, x):
        return torch.relu(self.conv(x))
