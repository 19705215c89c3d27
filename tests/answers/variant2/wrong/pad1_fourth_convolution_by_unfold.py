# Writes a fourth convolution of the second network as F.unfold and a matrix product.
# undecided: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, stride=2, padding=1)
        self.conv2 = nn.Conv2d(32, 32, kernel_size=3, padding=1)
        self.conv3 = nn.Conv2d(32, 64, kernel_size=3, padding=1)
        self.weight = nn.Parameter(torch.randn(64, 64 * 9) * 0.05)

    def forward(self, x):
        x = torch.relu(self.conv3(torch.relu(self.conv2(torch.relu(self.conv1(x))))))
        patches = F.unfold(x, kernel_size=3, padding=1)
        return torch.relu(self.weight @ patches).unflatten(2, (16, 16))
