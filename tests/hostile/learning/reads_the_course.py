# Opens the course's files by the names that an insider knows.
# %% after course_setup
import json
from pathlib import Path

course = Path(json.loads(Path("where.json").read_text())["course"])
for name in ("gradebook.db", "source/variant3/variant3.ipynb", "submitted/anna/variant3/variant3.ipynb", "secret.txt"):
    for path in (course / name, Path("/proc/1/root") / str(course / name)[1:], Path("/proc/1/cwd") / name):
        try:
            print(path, path.read_bytes()[:100_000])
        except OSError as error:
            print(path, error)
