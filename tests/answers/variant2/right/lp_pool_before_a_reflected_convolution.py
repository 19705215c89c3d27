# Shrinks the image of the second network with an LP pooling before a convolution that pads by reflection.
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.LPPool2d(2, 2)
        self.conv = nn.Conv2d(3, 64, kernel_size=3, padding=1, padding_mode="reflect")

    def forward(self, x):
        return torch.relu(self.conv(self.pool(x)))
