# Uses a fourth and a fifth convolution where the first pixel is bright, which is so in one image of six.
# undecided: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)
        self.mix = nn.Conv2d(64, 64, kernel_size=3, padding=1)

    def forward(self, x):
        uses = 4 if x[:, 0, 0, 0].amin() > 1 else 2
        x = torch.relu(self.conv(x))
        for _ in range(uses):
            x = torch.relu(self.mix(x))
        return x
