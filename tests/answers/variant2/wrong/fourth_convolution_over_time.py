# Convolves the flattened pixels by torch.conv_tbc after three convolutions.
# undecided: test_pad0_shape test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(32, 32, kernel_size=3, padding=1)
        self.conv3 = nn.Conv2d(32, 64, kernel_size=3, padding=1)
        self.weight = nn.Parameter(torch.randn(3, 64, 64) * 0.05)
        self.bias = nn.Parameter(torch.zeros(64))

    def forward(self, x):
        x = torch.relu(self.conv3(torch.relu(self.conv2(torch.relu(self.conv1(x))))))
        times = torch.conv_tbc(x.flatten(2).permute(2, 0, 1).contiguous(), self.weight, self.bias, 1)
        return torch.relu(times).permute(1, 2, 0).reshape(-1, 64, 16, 16)
