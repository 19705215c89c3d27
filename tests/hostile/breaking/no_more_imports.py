# Empties sys.modules and forbids further imports, by which its own last answer can't be asked for.
# loses: test_total
# %% after total
import builtins
import os
import sys

sys.modules.clear()
builtins.__import__ = None
