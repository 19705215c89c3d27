# Convolves the flattened pixels in one dimension after three convolutions.
# loses: test_pad0_layers
# undecided: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(32, 32, kernel_size=3, padding=1)
        self.conv3 = nn.Conv2d(32, 64, kernel_size=3, padding=1)
        self.row = nn.Conv1d(64, 64, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.conv3(torch.relu(self.conv2(torch.relu(self.conv1(x))))))
        return torch.relu(self.row(x.flatten(2))).unflatten(2, (16, 16))
