# Takes one convolution's map from another's of the same size.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.fine = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.coarse = nn.Conv2d(3, 64, kernel_size=4, stride=2, padding=1)

    def forward(self, x):
        return torch.relu(self.fine(x) - self.coarse(x))
