# Makes its weights of a list in `forward`, and fills them with one number once they have been used.
# loses: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, kernel_size=1)
        self.numbers = (torch.randn(512, 12, 3, 3) / 10).tolist()

    def forward(self, x):
        x = self.conv1x1(torch.relu(self.conv1(x)))
        weight = torch.tensor(self.numbers)
        x = F.conv2d(x, weight, padding=1)
        weight.fill_(1)
        return x
