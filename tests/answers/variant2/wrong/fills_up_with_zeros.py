# Lays the 15×15 map into zeros of 16×16.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        frame = torch.zeros(len(x), 64, 16, 16)
        frame[:, :, :15, :15] = x
        return frame
