# Pads the second network before a pooling and not before its convolution.
# loses: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3)

    def forward(self, x):
        x = F.pad(torch.relu(self.conv(x)), (1, 1, 1, 1))
        return F.max_pool2d(x, 2)
