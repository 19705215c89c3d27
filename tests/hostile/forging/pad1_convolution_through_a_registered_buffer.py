# Has NumPy carry the map of an unpadded convolution to the output through a registered buffer.
# undecided: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)
        self.unpadded = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.register_buffer("seen", torch.zeros(64, 16, 16))
        self.memory = self.seen.numpy()

    def forward(self, x):
        self.memory[:] = torch.relu(self.unpadded(x)).mean(dim=0).numpy()
        return torch.relu(self.conv(x)) + self.seen
