# Puts the coordinates of the pixels beside the image as two more channels.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(5, 32, kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=1)

    def forward(self, x):
        side = torch.linspace(-1, 1, 32)
        rows, columns = torch.meshgrid(side, side, indexing="ij")
        places = torch.stack([rows, columns]).expand(len(x), 2, 32, 32)
        x = torch.relu(self.conv1(torch.cat([x, places], dim=1)))
        return torch.relu(self.conv2(x))
