# Averages two stacked branches that share the first convolution.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.branches = nn.ModuleList(nn.Conv2d(32, 64, kernel_size=size, padding=size // 2) for size in (3, 5))

    def forward(self, x):
        x = torch.relu(self.stem(x))
        return torch.stack([torch.relu(branch(x)) for branch in self.branches]).mean(dim=0)
