# Reaches the size by pooling and the channels by repeating them, without any convolution.
# loses: test_pad0_layers test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.AvgPool2d(2)

    def forward(self, x):
        x = self.pool(x)
        return torch.cat([x] * 22, dim=1)[:, :64]
