# Opens for writing, and does not write, the files by which a machine is set.
# %% after course_setup
import glob

for path in ["/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern", "/proc/sys/vm/drop_caches", *glob.glob("/sys/*"),
             "/etc/passwd", "/usr/written", "/dev/written", "/written", "/proc/1/oom_score_adj", "/proc/2/oom_score_adj"]:
    try:
        open(path, "a").close()
        print("LEARNT to write", path)
    except OSError as error:
        print(path, error)
