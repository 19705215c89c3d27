# Prints a hundred megabytes at once, to both streams, and an error as long.
# %% after course_setup
import sys

print("o" * 100_000_000)
print("e" * 100_000_000, file=sys.stderr)
raise ValueError("v" * 100_000_000)
