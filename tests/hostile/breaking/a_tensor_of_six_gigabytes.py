# Asks for a tensor of six gigabytes.
# %% after course_setup
torch.ones(6 * 2**28)
