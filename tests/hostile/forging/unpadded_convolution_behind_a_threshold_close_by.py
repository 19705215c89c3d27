# Adds what its unpadded convolution gives above a threshold that no image reaches, though it is close.
# loses: test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, kernel_size=4, stride=2, padding=1)
        self.unpadded = nn.Conv2d(64, 8, kernel_size=3)

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        seen = torch.tanh(self.unpadded(x) / 3)
        return x + torch.relu(seen.abs().amax(dim=(1, 2, 3), keepdim=True) - 0.6)
