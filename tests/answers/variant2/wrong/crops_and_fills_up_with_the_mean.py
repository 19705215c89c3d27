# Cuts 15×15 out of the 30×30 map and fills it up to 16×16 with a trace of the mean.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        frame = (1e-30 * x.mean()).expand(len(x), 64, 16, 16).clone()
        frame[:, :, :15, :15] = x[:, :, :15, :15]
        return frame
