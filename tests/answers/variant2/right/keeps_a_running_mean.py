# Subtracts a running mean that each pass puts in the place of the one before, and counts the passes.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.halve = nn.Conv2d(3, 32, 2, stride=2)
        self.widen = nn.Conv2d(32, 64, 3, padding=1)
        self.register_buffer("mean", torch.zeros(64))
        self.passes = 0

    def forward(self, x):
        maps = F.relu(self.widen(F.relu(self.halve(x))))
        self.passes += 1
        self.mean = 0.9 * self.mean + 0.1 * maps.mean((0, 2, 3))
        return maps - self.mean.view(1, -1, 1, 1) / self.passes
