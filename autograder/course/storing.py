"""What an executed notebook keeps: nothing that hangs on the kernel that ran it, or differs each time."""

from typing import Any

from nbconvert.preprocessors import CoalesceStreamsPreprocessor, Preprocessor
from nbformat import NotebookNode

from autograder.figures.interactive import WIDGET


class Storing(Preprocessor):
    """For nbconvert, after it has executed a source notebook."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        forget_kernel(nb)
        return CoalesceStreamsPreprocessor().preprocess(nb, resources)  # a slow machine prints in more pieces


def forget_kernel(notebook: NotebookNode) -> None:
    """Take out what the kernel left beside the outputs: its version, the times of a run, sliders that live in it."""
    notebook.metadata.pop("widgets", None)
    if "language_info" in notebook.metadata:
        notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)  # its picture stays
