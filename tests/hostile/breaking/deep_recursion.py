# Recurses without a bound.
# stops: own-course-setup
# %% after course_setup
import sys

sys.setrecursionlimit(10**9)


def deeper(f):
    return [f(f)]


class Deep:
    def __init__(self, inner):
        self.inner = inner

    def __repr__(self):
        return repr(self.inner)


inner = None
for _ in range(10**6):
    inner = Deep(inner)
repr(inner)
deeper(deeper)
