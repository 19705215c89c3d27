# Normalises over neighbouring channels with LocalResponseNorm, as AlexNet does.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.norm = nn.LocalResponseNorm(5)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=1)

    def forward(self, x):
        return torch.relu(self.conv2(self.norm(torch.relu(self.conv1(x)))))
