# Shrinks the map of an unpadded convolution with an LP pooling before one that pads by repeating the border.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3)
        self.pool = nn.LPPool2d(2, kernel_size=2)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=2, padding=1, padding_mode="replicate")

    def forward(self, x):
        x = self.pool(torch.relu(self.conv1(x)))
        return torch.relu(self.conv2(x))
