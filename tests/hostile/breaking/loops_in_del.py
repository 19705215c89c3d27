# Leaves an object that loops for ever when it is thrown away.
# stops: own-course-setup
# %% after course_setup
class Endless:
    def __del__(self):
        while True:
            pass


Endless()
None
