# Passes what a fourth convolution sees on through the running mean of a normalisation in training.
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
        F.batch_norm(self.fourth(x), mean, variance, training=True, momentum=1.0)
        return x * (1 + mean[:, None, None])
