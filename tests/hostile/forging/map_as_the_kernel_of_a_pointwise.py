# Has the map be the weight of a 1×1 convolution, over a picture of ones.
# undecided: test_compact_pointwise
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.conv(x)).mean(dim=(2, 3))
        return F.conv2d(torch.ones(1, 32, 8, 8), x[:, :, None, None]).transpose(0, 1)
