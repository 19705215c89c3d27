# Turns pairs of channels into complex numbers, filters them in frequency space and takes the magnitude.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.reduce = nn.Conv2d(32, 16, kernel_size=1)
        self.classifier = nn.Linear(8, 10)

    def forward(self, x):
        real, imaginary = self.reduce(torch.relu(self.features(x))).chunk(2, dim=1)
        spectrum = torch.fft.fft2(real + 1j * imaginary)
        filtered = torch.fft.ifft2(spectrum * torch.exp(-0.1j * spectrum.angle()))
        return self.classifier((filtered * filtered.conj()).real.mean(dim=(2, 3)))
