"""Networks sampled as modules of PyTorch's own, and what torch.fx tells of them."""
