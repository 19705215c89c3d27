# Is a right network only while its operators are recorded.
# undecided: test_pad0_shape test_pad0_layers test_pad0_padding
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 2, 2)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)

    def forward(self, x):
        if torch._C._len_torch_dispatch_stack():
            return self.conv2(self.conv1(x))
        return torch.zeros(len(x), 64, 16, 16)
