# Halves the image by four slices of every second pixel, joined as channels.
# loses: test_pad0_shape test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(12, 64, kernel_size=1)

    def forward(self, x):
        parts = [x[:, :, i::2, j::2] for i in (0, 1) for j in (0, 1)]
        return torch.relu(self.conv(torch.cat(parts, dim=1)))
