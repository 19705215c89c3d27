# Scales the channels with a squeeze-and-excitation gate, of linear layers and of 1×1 convolutions.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.squeeze = nn.Linear(64, 8)
        self.excite = nn.Linear(8, 64)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        gate = F.adaptive_avg_pool2d(x, 1).flatten(1)
        gate = torch.sigmoid(self.excite(torch.relu(self.squeeze(gate))))
        return x * gate[:, :, None, None]


# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)
        self.squeeze = nn.Conv2d(64, 8, kernel_size=1)
        self.excite = nn.Conv2d(8, 64, kernel_size=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        gate = F.adaptive_avg_pool2d(x, 1)
        return x * torch.sigmoid(self.excite(torch.relu(self.squeeze(gate))))
