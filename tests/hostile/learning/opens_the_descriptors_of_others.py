# Opens what other processes have open.
# %% after course_setup
import glob
import os

own = os.readlink("/proc/self")
for path in glob.glob("/proc/[0-9]*/fd/*") + glob.glob("/proc/[0-9]*/cwd/*") + glob.glob("/proc/[0-9]*/root/*"):
    if path.split("/")[2] != own:
        try:
            print(path, os.readlink(path), open(path, "rb").read(10_000))
        except OSError as error:
            print(path, error)
