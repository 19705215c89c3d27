# Pads every convolution by reflection.
# loses: test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1, padding_mode="reflect")

    def forward(self, x):
        return torch.relu(self.conv(x))
