# Lets a map of another, padded convolution through for most images, and that of an unpadded one for few.
# undecided: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)
        self.unpadded = nn.Conv2d(3, 64, kernel_size=2, stride=2)

    def forward(self, x):
        few = x.mean(dim=(1, 2, 3), keepdim=True) > 0.03
        return torch.relu(torch.where(few, self.unpadded(x), self.conv(x)))
