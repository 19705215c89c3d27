# Pools by the mean of the windows that F.unfold cuts out of the 32×32 map.
# undecided: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=2)

    def forward(self, x):
        x = torch.relu(self.conv2(torch.relu(self.conv1(x))))
        windows = F.unfold(x, kernel_size=2, stride=2).view(-1, 64, 4, 256)
        return windows.mean(dim=2).unflatten(2, (16, 16))
