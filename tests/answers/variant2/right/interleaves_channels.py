# Writes two maps into the even and the odd channels of an empty one.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.other = nn.Conv2d(3, 32, kernel_size=4, stride=2, padding=1)

    def forward(self, x):
        one, other = torch.relu(self.one(x)), torch.relu(self.other(x))
        out = torch.empty(len(x), 64, *one.shape[2:])
        out[:, ::2] = one
        out[:, 1::2] = other
        return out
