# Passes what a fourth convolution sees on through the running variance of a normalisation called by its operator.
# undecided: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)
        self.mix = nn.Conv2d(64, 64, kernel_size=3, padding=1)
        self.fourth = nn.Conv2d(64, 64, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.mix(torch.relu(self.mix(torch.relu(self.conv(x))))))
        mean, variance = torch.zeros(64), torch.ones(64)
        torch.ops.aten._batch_norm_with_update(self.fourth(x), None, None, mean, variance, 1.0, 1e-5)
        return x * (1 + variance[:, None, None])
