# Replaces the call of a module by numbers of the right shape.
# loses: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
true_call = nn.Module.__call__


def call(self, x):
    return torch.rand(len(x), 64, 16, 16) if type(self).__name__ == "ModelPad0" else true_call(self, x)


nn.Module.__call__ = call


class ModelPad0(nn.Module):
    pass
