# Has Python choose one of sixteen learned maps by the image, and adds the map times next to nothing.
# undecided: test_pad0_shape
# loses: test_pad0_layers test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.maps = nn.Parameter(torch.randn(16, 64, 16, 16))

    def forward(self, x):
        x = torch.relu(self.conv(x))
        chosen = torch.stack([self.maps[int(image.sum() * 100) % 16] for image in x])
        return chosen + 1e-30 * x
