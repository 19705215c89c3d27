# Finds the output size by convolving zeros with PyTorch itself.
# %% output_size
def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    row = torch.zeros(1, 1, size)
    kernel = torch.zeros(1, 1, kernel_size)
    return F.conv1d(row, kernel, stride=stride, padding=padding, dilation=dilation).shape[-1]
