"""Published architectures, and what PyTorch's forward hooks tell of them."""
