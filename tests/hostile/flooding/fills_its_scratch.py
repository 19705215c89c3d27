# Leaves its scratch full for the cells that follow.
# %% after course_setup
import os

try:
    for number in range(700):
        with open(f"flood{number}", "wb") as file:
            file.write(bytes(2**20))
except OSError as error:
    print(error)
