# Works in place wherever PyTorch allows it.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=1)

    def forward(self, x):
        x = self.conv1(x).relu_()
        x = self.conv2(x)
        x.mul_(0.5).add_(0.1).clamp_(min=0)
        x[:, 0].sub_(0.05)
        return x
