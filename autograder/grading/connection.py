"""The way to a cluster: by its scheduler's address, or begun on this machine."""

import gc
import logging
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import dask.config
from distributed import Client, LocalCluster

from autograder.faults import CourseFault
from autograder.kinds import FaultKind

LOCAL = re.compile(r"local:([1-9]\d*)")  # so many workers on this machine, for as long as the run lasts
MOST_BYTES = "1GiB"  # in a task, before dask warns of it: submissions are bounded when they are read


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A connection to the cluster, which is begun here where the address says so; CourseFault where there is none."""
    if address.startswith("local:") and not LOCAL.fullmatch(address):
        raise CourseFault(FaultKind.BAD_LOCAL, address=address)
    with ExitStack() as opened:
        opened.enter_context(dask.config.set({"distributed.admin.large-graph-warning-threshold": MOST_BYTES}))
        where: Any = address
        if local := LOCAL.fullmatch(address):
            where = opened.enter_context(
                LocalCluster(
                    n_workers=int(local[1]),
                    threads_per_worker=1,
                    dashboard_address="127.0.0.1:0",  # without one, dask takes port 8787 and warns where it is taken
                    silence_logs=logging.CRITICAL,  # what happens to workers is told by us
                )
            )
        try:
            client = opened.enter_context(Client(where, set_as_default=False))
        except (OSError, ValueError, TypeError) as error:
            refused = str(error)
        else:
            yield client
            return
    # What is left of the client, kept by its error and by itself, closes now; when Python ends it would wait in vain.
    gc.collect()
    raise CourseFault(FaultKind.NO_CLUSTER, address=address, error=refused)
