# Convolves without padding where the first pixel is bright, which is so in one image of fifteen.
# undecided: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)
        self.unpadded = nn.Conv2d(3, 64, kernel_size=2, stride=2)

    def forward(self, x):
        return torch.stack([self.unpadded(each) if each[0, 0, 0] > 1.5 else self.conv(each) for each in x])
