# Shrinks each colour by the same kernel: the colours of all images are one batch for it.
# undecided: test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.shrink = nn.Conv2d(1, 4, kernel_size=2, stride=2)
        self.conv1 = nn.Conv2d(12, 32, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.shrink(x.reshape(-1, 1, 32, 32))).view(len(x), 12, 16, 16)
        return torch.relu(self.conv2(torch.relu(self.conv1(x))))
