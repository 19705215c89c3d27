# Passes the map of an unpadded convolution on by an operator that writes into memory and returns nothing.
# undecided: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)
        self.unpadded = nn.Conv2d(3, 64, kernel_size=2, stride=2)

    def forward(self, x):
        x, unpadded = self.conv(x), self.unpadded(x)
        seen = torch.empty(1, *x.shape)
        torch.unbind_copy(unpadded[None], out=[seen[0]])
        return torch.relu(x + seen[0])
