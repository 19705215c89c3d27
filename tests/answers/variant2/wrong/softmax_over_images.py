# A softmax over the images of the batch: of one image it leaves ones.
# loses: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)

    def forward(self, x):
        return torch.softmax(self.conv(x), dim=0)
