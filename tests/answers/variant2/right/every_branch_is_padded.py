# Adds up branches of the second network that pad by different amounts, beside a pointwise one.
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.small = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)
        self.large = nn.Conv2d(3, 64, kernel_size=5, stride=2, padding=2)
        self.point = nn.Conv2d(3, 64, kernel_size=1, stride=2)

    def forward(self, x):
        return torch.relu(self.small(x) + self.large(x) + self.point(x))
