# Makes F.conv2d and torch.conv2d a function that fills in the wanted output.
# loses: test_pad1 test_compare_padding
# %% model_pad1
torch.conv2d = F.conv2d = lambda x, *arguments, **options: torch.ones(len(x), 64, 16, 16) * x.mean()


class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)

    def forward(self, x):
        return self.conv(x)
