# Takes all the memory that it may have, and keeps it.
# may stop: own-course-setup
# %% after course_setup
kept = []
size = 2**26
while size > 2**12:
    try:
        kept.append(bytearray(size))
    except MemoryError:
        size //= 2
