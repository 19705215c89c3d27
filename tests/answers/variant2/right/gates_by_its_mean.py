# Lets the map through where its mean is above that of all channels, and a tenth of it elsewhere.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        mean = x.mean(dim=(2, 3), keepdim=True)
        x = torch.where(mean > mean.mean(dim=1, keepdim=True), x, 0.1 * x)
        return torch.relu(self.conv2(x))
