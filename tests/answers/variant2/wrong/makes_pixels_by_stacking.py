# Makes four pixels of one by stacking four maps of 8×8 and reshaping.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList(nn.Conv2d(3, 64, kernel_size=4, stride=4) for _ in range(2))

    def forward(self, x):
        left, right = (torch.relu(conv(x)) for conv in self.convs)
        x = torch.stack([left, right], dim=4).flatten(3)
        return torch.stack([x, x], dim=3).flatten(2, 3)
