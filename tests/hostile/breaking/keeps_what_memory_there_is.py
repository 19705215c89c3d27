# Takes memory until there is none, and keeps all of it.
# stops: own-course-setup
# %% after course_setup
kept = []
try:
    while True:
        kept.append(bytearray(2**24))
except MemoryError:
    pass
