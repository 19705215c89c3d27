# Calls F.dropout, which draws its mask in eval mode, too, of more numbers than the budget.
# undecided: test_compact_budget
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, 1)
        self.conv3 = nn.Conv2d(12, 32, 3, padding=1)

    def forward(self, x):
        x = F.dropout(F.relu(self.conv1(x)), 0.2)
        x = F.relu(self.conv1x1(x))
        return F.dropout(F.relu(self.conv3(x)), 0.2)
