# Shows an object whose description takes for ever.
# stops: own-course-setup
# %% after course_setup
class Endless:
    def __repr__(self):
        while True:
            pass


Endless()
