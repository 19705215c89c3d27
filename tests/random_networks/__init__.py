"""Random networks whose convolutions, padding, sizes and parameters are known because of how they are built."""
