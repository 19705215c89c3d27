# Adds to the map the same map one row lower, with its first row repeated.
# loses: test_pad0_shape
# undecided: test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        return x + torch.cat([x[:, :, :1], x[:, :, :-1]], dim=2)
