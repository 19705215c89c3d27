# Gives a number for a login.
# loses: test_own_net
# %% login
login = 20231107
