# Writes the mean of each row over the pixels of a copy of the map.
# loses: test_pad1
# %% model_pad1
class ModelPad1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        out = x.clone()
        out[:] = x.mean(dim=3, keepdim=True)
        return out
