# Arms a timer whose signal ends the process in the cells to come.
# may stop: own-course-setup
# %% after course_setup
import signal

signal.signal(signal.SIGALRM, signal.SIG_DFL)
signal.setitimer(signal.ITIMER_REAL, 0.2)
