# Leaves the login empty.
# loses: test_own_compact_net
# %% login
login = "   "
