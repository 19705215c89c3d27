# Copies the map into the middle of zeros before the convolution.
# loses: test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2)

    def forward(self, x):
        frame = torch.zeros(len(x), 3, 34, 34)
        frame[:, :, 1:33, 1:33].copy_(x)
        return torch.relu(self.conv(frame))
