# Channels are weighed by numbers for the whole map, written out for each pixel before the sigmoid.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolution = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.gate = nn.Linear(64, 64)

    def forward(self, x):
        x = self.convolution(x)
        weights = self.gate(x.mean((2, 3)))[:, :, None, None]
        return x * torch.sigmoid(weights.expand_as(x)) + F.relu(weights.repeat(1, 1, 16, 16))
