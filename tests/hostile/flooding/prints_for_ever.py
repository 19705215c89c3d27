# Prints without an end.
# stops: own-course-setup
# %% after course_setup
while True:
    print("flood " * 1000)
