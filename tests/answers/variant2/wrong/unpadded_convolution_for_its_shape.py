# Uses an unpadded convolution only for the shape of its result.
# loses: test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(3, 64, kernel_size=3, padding=1)

    def forward(self, x):
        size = self.conv1(x).shape[2:]
        return F.adaptive_avg_pool2d(torch.relu(self.conv2(x)), size)
