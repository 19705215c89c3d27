# Returns a wrapper tensor that says 64×16×16 and holds nothing.
# loses: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
class Empty(torch.Tensor):
    @staticmethod
    def __new__(cls, images):
        return torch.Tensor._make_wrapper_subclass(cls, (images, 64, 16, 16), dtype=torch.float32)

    @classmethod
    def __torch_dispatch__(cls, function, types, arguments=(), options=None):
        return torch.zeros(1)


class ModelPad0(nn.Module):
    def forward(self, x):
        return Empty(len(x))
