# Finds the output size by counting the places where the kernel fits.
# %% output_size
def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    padded = size + 2 * padding
    last = dilation * (kernel_size - 1)
    count = 0
    start = 0
    while start + last < padded:
        count += 1
        start += stride
    return count
