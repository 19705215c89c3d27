# Has three more convolutions reach the output through Python numbers, one of each channel.
# undecided: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)
        self.seen = nn.Sequential(*(nn.Conv2d(3, 3, kernel_size=3, padding=1) for _ in range(3)))

    def forward(self, x):
        factors = self.seen(x).mean(dim=(0, 2, 3)).tolist()
        x = torch.relu(self.conv(x))
        for factor in factors:
            x = x * (1 + factor)
        return x
