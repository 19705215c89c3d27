# Masks the kernel of a convolution as PixelCNN does, by a mask that fits into the budget with the parameters.
# %% compact_net
class MaskedConv2d(nn.Conv2d):
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        mask = torch.ones_like(self.weight)
        mask[:, :, self.kernel_size[0] // 2, self.kernel_size[1] // 2 :] = 0
        mask[:, :, self.kernel_size[0] // 2 + 1 :] = 0
        self.register_buffer("mask", mask)

    def forward(self, x):
        return F.conv2d(x, self.weight * self.mask, self.bias, padding=self.padding)


class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = MaskedConv2d(3, 32, kernel_size=7, padding=3)
        self.conv1x1 = nn.Conv2d(32, 16, kernel_size=1)
        self.second = MaskedConv2d(16, 64, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.first(x))
        x = torch.relu(self.conv1x1(x))
        return torch.relu(self.second(x))
