# Makes every tensor of 15×15 say that it is 16×16, by which its own comparison goes wrong too.
# loses: test_pad0_shape test_pad0_layers test_pad0_padding test_compare_padding
# %% model_pad0
true_size = torch.Tensor.size
lying = lambda shape: torch.Size(16 if side == 15 else side for side in shape)
torch.Tensor.size = lambda self, *axis: lying(true_size(self)) if not axis else lying(true_size(self))[axis[0]]
torch.Tensor.shape = property(lambda self: lying(true_size(self)))


class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=3, stride=2)

    def forward(self, x):
        return torch.relu(self.conv(x))
