# Uses the whole budget, exactly 50 000 parameters.
# %% compact_net
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 120, kernel_size=3, padding=1)  # 120·(3·3·3) + 120 = 3360
        self.conv1x1 = nn.Conv2d(120, 50, kernel_size=1)  # 50·120 + 50 = 6050
        self.conv3 = nn.Conv2d(50, 90, kernel_size=3, padding=1)  # 90·(50·3·3) + 90 = 40590

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        x = torch.relu(self.conv1x1(x))
        return torch.relu(self.conv3(x))
