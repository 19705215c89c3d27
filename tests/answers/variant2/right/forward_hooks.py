# Prints the shapes from forward hooks, and scales a layer's output in one of them.
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=1)
        self.conv1.register_forward_hook(lambda layer, arguments, output: print(output.shape))
        self.conv2.register_forward_hook(lambda layer, arguments, output: output * 0.5)

    def forward(self, x):
        return torch.relu(self.conv2(torch.relu(self.conv1(x))))
