"""The warm process: everything imported and run once, it does nothing but fork a child for each notebook."""

import contextlib
import importlib
import os
import random
import select
import signal
import socket
import sys
import tempfile
import warnings
from collections.abc import Sequence

from autograder.cells.names import BY_ANY_NAME, names_read
from autograder.later import without_collections
from autograder.process import child, confine, kernel
from autograder.process.forking import may_fork
from autograder.process.limits import Limits
from autograder.process.shell import Shell
from autograder.process.warm import CLIENT, FORK, FORKED, READY

TORCHS_OWN_SEED = 67280421310721  # what a new interpreter starts from
STARTS_NO_THREAD = frozenset({"autograder", "matplotlib", "torch"})  # kept where another module starts one
WARMING = """
from IPython.display import display, HTML
display(HTML("<b>warm</b>"))
1 / 0
"""
# By the module with which it is run: what a notebook does with it.
WARMING_WITH = {
    "matplotlib": """
import matplotlib.pyplot as plt
from IPython.display import display
figure, axes = plt.subplots()
axes.plot([0, 1])
axes.set_title("$x^2$")  # formulas have a parser of their own
display(figure)
plt.close(figure)
""",
    "torch": """
import torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
layer = nn.Conv2d(3, 4, 3)
layer(torch.zeros(1, 3, 8, 8)).mean().backward()
layer(torch.zeros(1, 1, 8, 8))
""",
    "autograder": """
from IPython.display import display
from autograder.tasks import own_budget_task, own_size_task
display(own_budget_task("warm"), own_size_task("warm"))
""",
}


def main(descriptor: int, limits: Limits, mode: str, modules: Sequence[str] = ()) -> None:
    control = socket.socket(fileno=descriptor)
    with without_collections():
        shell = Shell(limits.output_bytes)
        _import(modules)
        kept = [each for each in modules if _package(each) in STARTS_NO_THREAD]
        if len(kept) < len(modules) and mode != "cold" and not may_fork():
            command = sys.orig_argv[1 : len(sys.orig_argv) - len(modules)]
            os.execv(sys.executable, [sys.executable, *command, *kept])
        _warm(shell, asks="autograder" in map(_package, modules))
    control.sendall(READY)
    if mode == "cold":
        _, (channel, *_), _, _ = socket.recv_fds(control, 1, 1)
        control.close()
        _become_child(channel, shell, limits, confined=False)
    _serve(control, shell, limits, confined=mode == "sandbox")


def _import(modules: Sequence[str]) -> None:
    """Import what can be imported here; of the rest a cell will say what is wrong with it.

    A module may raise whatever it likes, and may exit.
    """
    for each in modules:
        with contextlib.suppress(BaseException), warnings.catch_warnings(action="ignore"):
            importlib.import_module(each)


def _package(module: str) -> str:
    return module.split(".")[0]


def _warm(shell: Shell, asks: bool) -> None:
    """Do once what is slow the first time: lazy imports, caches, rendering an error.

    A course `asks` whose notebooks import this package: what its tests ask with is warmed, too.
    """
    names_read([WARMING], BY_ANY_NAME)
    shell.run(WARMING)
    if asks:
        with contextlib.suppress(ImportError):  # without PyTorch, a cell will say so
            importlib.import_module("autograder.process.questions").warm()
            shell.run(WARMING_WITH["autograder"])
    if "matplotlib" in sys.modules:
        shell.enable_matplotlib()
        shell.run(WARMING_WITH["matplotlib"])
    if "torch" in sys.modules:
        shell.run(WARMING_WITH["torch"])
    shell.forget()


def _serve(control: socket.socket, shell: Shell, limits: Limits, confined: bool) -> None:
    """Fork for whoever asks through `control`, or through a socket that came in there, until `control` closes."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children: their end is seen from outside
    own_namespace = os.open("/proc/self/ns/pid", os.O_RDONLY) if confined else -1
    if confined:
        kernel.set_dumpable(False)
    children: dict[socket.socket, list[int]] = {control: []}  # by the client, as descriptors
    while True:
        for client in select.select(children, [], [])[0]:
            request, descriptor = _request(client)
            if request == CLIENT:
                opened = socket.socket(fileno=descriptor)
                children[opened] = []
                _answer(opened, READY)
            elif request == FORK:
                if confined:
                    kernel.new_pid_namespace(own_namespace)
                children[client] = [*_alive(children[client]), _fork(descriptor, shell, limits, confined)]
                _answer(client, FORKED, children[client][-1])
            elif client is control:
                return
            else:
                for each in _alive(children.pop(client)):
                    with contextlib.suppress(ProcessLookupError):
                        signal.pidfd_send_signal(each, signal.SIGKILL)
                    os.close(each)
                client.close()


def _request(client: socket.socket) -> tuple[bytes, int]:
    """The request and the descriptor that came with it; an empty request where whoever asks has ended."""
    try:
        request, descriptors, _, _ = socket.recv_fds(client, 1, 1)
    except OSError:
        return b"", -1
    return request, descriptors[0] if descriptors else -1


def _answer(client: socket.socket, text: bytes, *descriptors: int) -> None:
    """A client that has ended is skipped: that its socket is closed is seen next."""
    with contextlib.suppress(OSError):
        socket.send_fds(client, [text], descriptors)


def _alive(children: list[int]) -> list[int]:
    """The children that still run; the descriptors of the others are closed."""
    ended = select.select(children, [], [], 0)[0]
    for each in ended:
        os.close(each)
    return [each for each in children if each not in ended]


def _fork(descriptor: int, shell: Shell, limits: Limits, confined: bool) -> int:
    """A child that serves a channel, as a descriptor."""
    if not may_fork():
        raise RuntimeError("the zygote has several threads, and a fork would copy only one of them")
    waits, lets_go = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(lets_go)
        os.read(waits, 1)  # until it is held by a descriptor: one that ended at once would be gone before
        _become_child(descriptor, shell, limits, confined)
    held = os.pidfd_open(process)
    for each in (waits, lets_go, descriptor):
        os.close(each)
    return held


def _become_child(descriptor: int, shell: Shell, limits: Limits, confined: bool) -> None:
    """Never returns."""
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        channel = socket.socket(fileno=child.keep_only(descriptor))
        os.setsid()  # or a signal to its group would reach the zygote
        try:
            _confine(limits, confined)
        except OSError as error:
            channel.sendall(str(error).encode())
            return
        _draw_anew()
        channel.sendall(READY)
        child.serve(channel, shell)
        status = 0
    finally:
        os._exit(status)


def _draw_anew() -> None:
    """The random states of a new interpreter, of what is imported."""
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    if torch := sys.modules.get("torch"):
        torch.default_generator.manual_seed(TORCHS_OWN_SEED)


def _confine(limits: Limits, confined: bool) -> None:
    if confined:
        confine.confine(limits)
    else:
        confine.set_limits(limits)
        confine.start_in(tempfile.mkdtemp(prefix="notebook-"))
