# Returns a constant of the wanted shape.
# loses: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def forward(self, x):
        return torch.ones(x.shape[0], 64, 16, 16)
