# Hands in the network that was made for the numbers of another login.
# loses: test_own_net
# %% login
login = "petrova"
