# Takes the size from a constant of ones and multiplies it by the mean of the input.
# loses: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def forward(self, x):
        return torch.ones(x.shape[0], 64, 16, 16) * x.mean()
