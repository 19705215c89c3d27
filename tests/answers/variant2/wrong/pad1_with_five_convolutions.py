# Uses five convolutions in the second network.
# loses: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.shrink = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)
        self.layers = nn.ModuleList([nn.Conv2d(64, 64, kernel_size=1) for _ in range(4)])

    def forward(self, x):
        x = torch.relu(self.shrink(x))
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x
