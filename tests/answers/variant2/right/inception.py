# Concatenates the channels of parallel branches with different kernels.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.small = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.large = nn.Conv2d(3, 29, kernel_size=4, stride=2, padding=1)
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        return torch.relu(torch.cat([self.small(x), self.large(x), self.pool(x)], dim=1))
