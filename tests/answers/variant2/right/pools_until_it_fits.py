# Pools for as long as the map is larger than 16×16, and asks its shape for that.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, padding=2)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3)

    def forward(self, x):
        x = torch.relu(self.conv2(torch.relu(self.conv1(x))))
        while x.shape[-1] > 16:
            x = F.max_pool2d(x, 2)
        if x.dim() == 4 and x.shape[1] != 64:
            x = x.expand(-1, 64, -1, -1)
        return x
