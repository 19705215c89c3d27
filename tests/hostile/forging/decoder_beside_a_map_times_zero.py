# Lends a linear decoder's pixels the places of a map that it multiplies by zero.
# undecided: test_pad0_shape test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.decoder = nn.Linear(64, 64 * 16 * 16)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        return 0 * x + self.decoder(x.mean(dim=(2, 3))).view(-1, 64, 16, 16)
