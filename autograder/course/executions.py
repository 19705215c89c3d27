"""Notebooks run, each by itself, and none again whose outcome is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode

from autograder.cells.files import content_of, notebook_of, without_outputs
from autograder.checks.lab import FILE
from autograder.checks.messages import _
from autograder.course.build import in_language
from autograder.course.faults import Fault, ReleaseError
from autograder.course.kept import Kept
from autograder.course.languages import foreign_output
from autograder.course.proofs import Proof
from autograder.course.prove import read_notebooks
from autograder.course.runs import answered_unfilled, lost_by_reference, run
from autograder.folders import files_in, write_files

UNFILLED, REFERENCE = "unfilled", "reference"  # where is kept what notebooks show


@dataclass(frozen=True)
class Execution:
    """A notebook to be run beside these files; `file` is what faults call it, its outcome is kept under `name`.

    `rules` is what they call the lab's own rules.
    """

    file: str
    name: Path
    notebook: NotebookNode
    beside: Mapping[str, bytes] = field(default_factory=dict)
    rules: str = FILE

    def outcome(self, kept: Kept) -> NotebookNode:
        """The notebook as a kernel leaves it, or left it when nothing was different.

        ReleaseError where the kernel dies or a cell takes too long.
        """
        notebook = without_outputs(self.notebook)
        beside = [part for path, content in sorted(self.beside.items()) for part in (path, content)]
        content = kept.content(self.name, [content_of(notebook), *beside], lambda: content_of(self._run(notebook)))
        return notebook_of(content)

    def _run(self, notebook: NotebookNode) -> NotebookNode:
        with TemporaryDirectory() as folder:
            write_files(Path(folder), self.beside)
            try:
                return run(notebook, Path(folder))
            except (RuntimeError, CellTimeoutError) as error:  # RuntimeError: the kernel died, or never came up
                told = _("it does not run to its end ({error})", error=type(error).__name__)
                fault = Fault(self.file, "", told, _("Run it in Jupyter to find the cell"))
                raise ReleaseError([fault]) from error


def running_proofs(
    course_root: Path, built: Path, assignments: Sequence[str], languages: Sequence[str], kept: Kept
) -> list[Proof]:
    """That each notebook of a build says it is not answered yet, and that the reference answers earn all points.

    With these it shows no text of another language.
    """
    proofs: list[Proof] = []
    for assignment in assignments:
        sources = read_notebooks(course_root / "source" / assignment)
        for language in languages:
            folder = built / language / assignment
            released, beside = read_notebooks(folder), files_in(folder)
            for path, source in sources.items():
                name = Path(language, assignment, path)
                rules = f"source/{assignment}/{FILE}"
                unfilled = Execution(f"release/{name.as_posix()}", Path(UNFILLED, name), released[path], beside, rules)
                filled = in_language(source, language)
                reference = Execution(f"source/{assignment}/{path}", Path(REFERENCE, name), filled, beside, rules)
                proofs += [
                    partial(_unfilled, unfilled, kept),
                    partial(_filled, reference, language, kept),
                ]
    return proofs


def _unfilled(execution: Execution, kept: Kept) -> list[Fault]:
    return answered_unfilled(execution.file, execution.outcome(kept), execution.rules)


def _filled(execution: Execution, language: str, kept: Kept) -> list[Fault]:
    executed = execution.outcome(kept)
    lost = lost_by_reference(execution.file, executed, execution.rules)
    return lost + foreign_output(execution.file, executed, language)
