# Raises an error whose name has a hundred million letters.
# %% after course_setup
raise type("E" * 100_000_000, (Exception,), {})()
