# Loops for ever and catches whatever would interrupt it.
# stops: own-course-setup
# %% after course_setup
import signal

for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
