# Mixes the channels at each place with torch.einsum.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.mix = nn.Parameter(torch.randn(64, 32) * 0.2)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        return torch.relu(torch.einsum("nchw,dc->ndhw", x, self.mix))
