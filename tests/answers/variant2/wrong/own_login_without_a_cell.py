# Has deleted what the cell of the login held.
# loses: test_own_net
# %% login
# my login is reference
