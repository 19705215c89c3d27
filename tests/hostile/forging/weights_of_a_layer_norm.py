# Gives a layer normalisation hidden scales for all values, washed by a ten-millionth of the image.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(64, 12, kernel_size=1)
        self.hidden = [torch.rand(64, 32, 32) + 0.5]

    def forward(self, x):
        x = self.conv(x)
        scale = self.hidden[0] + 1e-7 * x.mean()
        return self.conv1x1(torch.relu(F.layer_norm(x, (64, 32, 32), scale)))
