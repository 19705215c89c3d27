# Pools the map to a vector, of which a linear layer makes the output.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, kernel_size=3, stride=2)
        self.decoder = nn.Linear(16, 64 * 16 * 16)

    def forward(self, x):
        x = torch.relu(self.conv(x)).mean(dim=(2, 3))
        return self.decoder(x).view(-1, 64, 16, 16)
