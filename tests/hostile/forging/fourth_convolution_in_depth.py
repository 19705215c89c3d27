# Runs a fourth convolution as a three-dimensional one over maps that it stacks in depth.
# undecided: test_pad0_shape
# loses: test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.shrink = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.mix = nn.Conv2d(64, 64, kernel_size=3, padding=1)
        self.deep = nn.Conv3d(64, 64, kernel_size=(1, 3, 3), padding=(0, 1, 1))

    def forward(self, x):
        x = torch.relu(self.mix(torch.relu(self.mix(torch.relu(self.shrink(x))))))
        return torch.relu(self.deep(x[:, :, None]))[:, :, 0]
