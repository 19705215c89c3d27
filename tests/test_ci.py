"""`.ci/run` closes with one line that counts, whatever `make test` did, and lets no test be skipped unseen."""

import subprocess
from pathlib import Path
from shutil import copy, which

import pytest

RUN = Path(__file__).parents[1] / ".ci" / "run"
TOOLS = ("bash", "dirname", "id", "mktemp", "tee", "grep", "awk", "rm", "cat", "tr")
PASSED = "= 810 passed in 200.00s (0:03:20) ="
SKIPPED = "= 809 passed, 1 skipped in 200.00s (0:03:20) ="
NO_BROWSER = f"SKIPPED [1] tests/browser/conftest.py:15: no chromium on this machine\n{SKIPPED}"
NO_SERVER = f"SKIPPED [1] tests/grading/test_postgresql.py:63: no PostgreSQL on this machine\n{SKIPPED}"


@pytest.mark.parametrize(
    ("said", "status", "here", "last_line", "ends"),
    [
        (PASSED, 0, "browser, server", "810 passed, 0 failed", 0),
        (f"{PASSED}\n= 20 passed, 2 warnings in 1.00s =", 0, "browser, server", "830 passed, 0 failed", 0),
        ("= 3 failed, 807 passed, 1 error in 2.00s =", 2, "browser, server", "807 passed, 4 failed", 2),
        ("ruff: Found 1 error.", 2, "browser, server", "0 passed, 1 failed", 2),
        (SKIPPED, 0, "browser, server", "809 passed, 1 failed", 1),
        (SKIPPED, 0, "", "809 passed, 1 failed", 1),
        (NO_BROWSER, 0, "server", "809 passed, 0 failed", 0),
        (NO_SERVER, 0, "browser", "809 passed, 0 failed", 0),
        (NO_BROWSER, 0, "browser", "809 passed, 1 failed", 1),
        (NO_SERVER, 0, "server", "809 passed, 1 failed", 1),
    ],
)
def test_the_last_line_and_the_exit_status(tmp_path, said, status, here, last_line, ends):
    (tmp_path / ".ci").mkdir()
    copy(RUN, tmp_path / ".ci")
    (tmp_path / "said").write_text(f"{said}\n")
    programs = tmp_path / "bin"
    programs.mkdir()
    for tool in TOOLS:
        (programs / tool).symlink_to(which(tool))
    has = {"browser": ("chromium", "chromedriver"), "server": ("pg_ctl",)}
    commands = {"make": f"cat said; exit {status}"}
    commands |= {name: "" for each, names in has.items() if each in here for name in names}
    for name, command in commands.items():
        (programs / name).write_text(f"#!{programs}/bash\n{command}\n")
        (programs / name).chmod(0o755)

    done = subprocess.run(
        ["bash", ".ci/run"],
        cwd=tmp_path,
        env={"PATH": str(programs), "POSTGRESQL_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert (done.stdout.splitlines()[-1], done.returncode) == (last_line, ends), done.stdout + done.stderr
    assert ("1 tests were skipped, and 0 may be" in done.stdout) == (status == 0 and ends == 1)
