# Opens the memory of every process it sees but its own, to read and to write.
# %% after course_setup
import glob
import os

for folder in glob.glob("/proc/[0-9]*"):
    if os.path.basename(folder) == os.readlink("/proc/self"):
        continue
    try:
        first = open(f"{folder}/maps").readline()
        with open(f"{folder}/mem", "r+b", 0) as memory:
            memory.seek(int(first.split("-")[0], 16))
            print("LEARNT what is in the memory of", folder, memory.read(4))
    except OSError as error:
        print(folder, error)
