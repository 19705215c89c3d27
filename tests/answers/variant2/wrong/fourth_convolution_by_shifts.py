# Adds up shifted copies of the map, each with its channels mixed, after three convolutions.
# undecided: test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(32, 32, kernel_size=3, padding=1)
        self.conv3 = nn.Conv2d(32, 64, kernel_size=3, padding=1)
        self.weight = nn.Parameter(torch.randn(3, 64, 64) * 0.05)

    def forward(self, x):
        x = torch.relu(self.conv3(torch.relu(self.conv2(torch.relu(self.conv1(x))))))
        shifted = [x.roll(step, dims=3) for step in (-1, 0, 1)]
        return torch.relu(sum(torch.einsum("nchw,dc->ndhw", map, weight) for map, weight in zip(shifted, self.weight)))
