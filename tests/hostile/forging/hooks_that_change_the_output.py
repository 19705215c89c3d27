# Returns zeros from forward and puts another network's output in their place by a global hook.
# loses: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
from torch.nn.modules.module import register_module_forward_hook


class ModelPad0(nn.Module):
    def forward(self, x):
        return torch.zeros(1)


def replace_output(module, arguments, output):
    if isinstance(module, ModelPad0):
        return F.interpolate(arguments[0], size=(16, 16)).repeat(1, 22, 1, 1)[:, :64]


hook = register_module_forward_hook(replace_output)
