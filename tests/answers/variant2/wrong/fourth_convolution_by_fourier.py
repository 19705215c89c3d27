# Writes a fourth convolution as a product in frequency space.
# undecided: test_pad0_shape test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(32, 32, kernel_size=3, padding=1)
        self.conv3 = nn.Conv2d(32, 64, kernel_size=3, padding=1)
        self.filter = nn.Parameter(torch.randn(64, 16, 9, 2) * 0.05)

    def forward(self, x):
        x = torch.relu(self.conv3(torch.relu(self.conv2(torch.relu(self.conv1(x))))))
        spectrum = torch.fft.rfft2(x) * torch.view_as_complex(self.filter)
        return torch.relu(torch.fft.irfft2(spectrum, s=(16, 16)))
