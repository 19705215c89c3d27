# Has the own task solved by a search with the numbers of the task.
# %% login
login = "s.kim"


# %% own_net
class OwnNet(nn.Module):
    def __init__(self):
        super().__init__()
        numbers, layers = own_size_task(login), [(2, 1), (2, 2), (3, 1), (3, 2), (3, 3)]
        for chain in torch.cartesian_prod(*[torch.arange(len(layers))] * numbers.convolutions).tolist():
            chosen, size = [layers[place] for place in chain], numbers.size
            for kernel_size, stride in chosen:
                size = output_size(size, kernel_size, stride)
            if size == numbers.output:
                break
        widths = [3, 12, 12, numbers.channels]
        self.convs = nn.ModuleList(nn.Conv2d(a, b, *c) for a, b, c in zip(widths, widths[1:], chosen))

    def forward(self, x):
        for conv in self.convs:
            x = F.leaky_relu(conv(x))
        return x
