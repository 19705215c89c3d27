# Mixes the channels of a pooled map with a linear layer instead of a convolution.
# loses: test_pad0_layers test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d(2)
        self.linear = nn.Linear(3, 64)

    def forward(self, x):
        x = self.pool(x).permute(0, 2, 3, 1)
        return torch.relu(self.linear(x)).permute(0, 3, 1, 2)
