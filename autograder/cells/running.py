"""Notebooks run by a kernel of their own, as Jupyter runs them."""

from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbformat import NotebookNode


def client_of(notebook: NotebookNode, folder: Path, seconds: int, *arguments: str, **options: Any) -> NotebookClient:
    """What runs the notebook in `folder`, so many seconds a cell, on through errors and beside nobody's history.

    The kernel gets these arguments, and nbclient these options.
    """
    return NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=seconds,
        allow_errors=True,
        extra_arguments=["--HistoryManager.hist_file=:memory:", *arguments],
        resources={"metadata": {"path": str(folder)}},
        **options,
    )
