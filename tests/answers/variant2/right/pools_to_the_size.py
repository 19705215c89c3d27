# Reaches the size with max and average pooling after unpadded convolutions.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3)
        self.pool1 = nn.MaxPool2d(2)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=2, padding=1)
        self.pool2 = nn.AvgPool2d(3, stride=1, padding=1)

    def forward(self, x):
        x = self.pool1(torch.relu(self.conv1(x)))
        return self.pool2(torch.relu(self.conv2(x)))
