# Arms a timer that goes off in the cells to come, again and again.
# may stop: own-course-setup
# %% after course_setup
import signal


def interrupt(*_):
    raise SystemExit("time is up")


for name in (signal.SIGALRM, signal.SIGVTALRM, signal.SIGPROF):
    signal.signal(name, interrupt)
for clock in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
    signal.setitimer(clock, 0.2, 0.05)
