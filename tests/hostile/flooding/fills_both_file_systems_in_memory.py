# Leaves all that it may write in memory full for the cells that follow.
# stops: own-course-setup
# %% after course_setup
kept = bytearray(2 * 10**8)
for folder in ("/scratch", "/dev/shm"):
    try:
        for number in range(600):
            with open(f"{folder}/flood{number}", "wb") as file:
                file.write(bytes(2**20))
    except OSError as error:
        print(error)
