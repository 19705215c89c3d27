"""Proof that a lab's own rules can be used, and speak each language of its notebooks."""

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from nbformat import NotebookNode

from autograder.cells.metadata import languages_of
from autograder.checks import notebook
from autograder.checks.lab import FILE, MODULE, FilesOfRules, files_of_rules, loaded
from autograder.checks.messages import _
from autograder.course.faults import Fault
from autograder.languages import translations

OF_THE_CODE = "en"  # the language that messages are written in
KEYWORDS = {"_": None, "ngettext": (1, 2)}


def rules_faults(folder: Path, file: str, notebooks: Iterable[NotebookNode]) -> list[Fault]:
    """What is wrong with an assignment's own rules, whose folder faults call `file`; nothing where it has none."""
    files = files_of_rules(folder)
    if not files:
        return []
    try:
        notebook(OF_THE_CODE, {})[1].use(loaded(files))
    except Exception as error:
        return [
            Fault(f"{file}/{FILE}", "", _("it can't be used ({error})", error=f"{type(error).__name__}: {error}"),
                  _("Correct it: it may import what is installed here, and no other file of yours"))
        ]  # fmt: skip
    languages = {language for notebook in notebooks for cell in notebook.cells for language in languages_of(cell)}
    return [
        Fault(f"{file}/{MODULE}.{language}.po", "", _("a message of {file} has no translation: {message}", file=FILE,
                                                      message=repr(message)), _("Write it into the catalogue"))
        for language in sorted(languages - {OF_THE_CODE})
        for message in _untranslated(files, language)
    ]  # fmt: skip


def _untranslated(files: FilesOfRules, language: str) -> Iterator[str]:
    catalogue = read_po(io.BytesIO(files.get(f"{MODULE}.{language}.po", b"")), locale=language)
    package = translations(language)
    for _line, message, _comments, _context in extract("python", io.BytesIO(files[FILE]), keywords=KEYWORDS):
        first = message if isinstance(message, str) else message[0]
        entry = catalogue.get(first)
        if (entry is None or entry.fuzzy or not _is_written(entry.string)) and package.gettext(first) == first:
            yield first


def _is_written(translation: str | Sequence[str] | None) -> bool:
    """Whether every form of a translation is written."""
    return bool(translation) and all(translation or ())
