# Passes the map of a fourth convolution on by an operator that writes into memory and returns nothing.
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
        seen = torch.empty_like(x)
        torch.split_with_sizes_copy(self.fourth(x), [64], dim=1, out=[seen])
        return torch.relu(x + seen)
