# Lays four channels at each place of an 8×8 map down as four pixels with F.fold.
# loses: test_pad0_shape
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 256, kernel_size=4, stride=4)

    def forward(self, x):
        x = torch.relu(self.conv(x))
        return F.fold(x.flatten(2), output_size=16, kernel_size=2, stride=2)
