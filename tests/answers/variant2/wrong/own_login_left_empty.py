# Leaves the login empty.
# loses: test_own_net
# %% login
login = ""
