"""The warm process: everything imported and run once, it does nothing but fork a child for each notebook.

Started as `python -m autograder.process.zygote DESCRIPTOR LIMITS MODE`, where MODE is "sandbox", "fork" or "cold".
"""

import gc
import json
import os
import random
import signal
import socket
import sys
import tempfile

import numpy as np
import torch

from autograder.checks import subject
from autograder.process import child, confine, kernel
from autograder.process.limits import Limits
from autograder.process.shell import Shell
from autograder.process.warm import READY

TORCHS_OWN_SEED = 67280421310721  # what a new interpreter starts from
WARMING = """
import matplotlib.pyplot as plt, torch, torch.nn as nn, torch.nn.functional as F
from IPython.display import display, HTML
torch.manual_seed(0)
layer = nn.Conv2d(3, 4, 3)
optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
layer(torch.zeros(1, 3, 8, 8)).mean().backward()
optimizer.step()
figure, axes = plt.subplots()
axes.plot([0, 1])
display(figure)
plt.close(figure)
display(HTML("<b>warm</b>"))
layer(torch.zeros(1, 1, 8, 8))
"""


def main(descriptor: int, limits: Limits, mode: str) -> None:
    control = socket.socket(fileno=descriptor)
    shell = Shell(limits.output_bytes)
    _warm(shell)
    control.sendall(READY)
    if mode == "cold":
        _, (channel, *_), _, _ = socket.recv_fds(control, 1, 1)
        control.close()
        _become_child(channel, shell, limits, confined=False)
    _fork_on_request(control, shell, limits, confined=mode == "sandbox")


def _warm(shell: Shell) -> None:
    """Pay every first time once: lazy imports, caches, the parts that render an error."""
    subject.observe_network(lambda: torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3)), 1, (3, 8, 8))
    shell.run(WARMING)
    shell.forget()
    gc.collect()
    gc.freeze()  # or the first collection in each child would copy all of this


def _fork_on_request(control: socket.socket, shell: Shell, limits: Limits, confined: bool) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children: their end is seen from outside
    own_namespace = os.open("/proc/self/ns/pid", os.O_RDONLY) if confined else -1
    if confined:
        kernel.set_dumpable(False)
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not request:
            return
        if len(os.listdir("/proc/self/task")) != 1:
            raise RuntimeError("the zygote has several threads, and a fork would copy only one of them")
        if confined:
            kernel.new_pid_namespace(own_namespace)
        process = os.fork()
        if process == 0:
            _become_child(descriptors[0], shell, limits, confined)
        os.close(descriptors[0])
        watched = os.pidfd_open(process)
        socket.send_fds(control, [b"forked"], [watched])
        os.close(watched)


def _become_child(descriptor: int, shell: Shell, limits: Limits, confined: bool) -> None:
    """Never returns."""
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        child.close_all_but(descriptor)
        os.setsid()  # or a signal to its group would reach the zygote
        if confined:
            confine.confine(limits)
        else:
            confine.set_limits(limits)
            confine.start_in(tempfile.mkdtemp(prefix="notebook-"))
        torch.default_generator.manual_seed(TORCHS_OWN_SEED)
        random.seed()
        np.random.seed()
        child.serve(socket.socket(fileno=descriptor), shell)
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main(int(sys.argv[1]), Limits(**json.loads(sys.argv[2])), sys.argv[3])
