# Pads the second network by copying the map into the middle of zeros.
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2)

    def forward(self, x):
        n, c, h, w = x.shape
        frame = torch.zeros(n, c, h + 2, w + 2)
        frame[:, :, 1:-1, 1:-1] = x
        return torch.relu(self.conv(frame))
