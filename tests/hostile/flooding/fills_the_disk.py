# Writes up to a gigabyte of files wherever it may.
# %% after course_setup
from pathlib import Path

for folder in ("/scratch", "/dev/shm", "/tmp", "/var/tmp"):
    try:
        for number in range(4):
            Path(folder, f"flood{number}").write_bytes(bytes(2**26))
    except OSError as error:
        print(folder, error)
for path in [*Path("/scratch").glob("flood*"), *Path("/dev/shm").glob("flood*")]:
    path.unlink()
