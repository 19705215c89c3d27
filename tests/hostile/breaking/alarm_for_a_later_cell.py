# Sets an alarm, a timer and a watchdog that go off in later cells.
# %% after course_setup
import faulthandler
import os
import signal
import threading

signal.alarm(1)
signal.setitimer(signal.ITIMER_VIRTUAL, 0.3)
threading.Timer(0.5, os._exit, (1,)).start()
faulthandler.dump_traceback_later(0.5, exit=True, file=open("log", "w"))
