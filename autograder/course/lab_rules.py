"""Proof that a lab's own rules can be used, and speak each language of its notebooks."""

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from string import Formatter

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from nbformat import NotebookNode

from autograder.cells.metadata import languages_of
from autograder.checks import notebook
from autograder.checks.entry import Check
from autograder.checks.lab import FILE, MODULE, FilesOfRules, files_of_rules, loaded
from autograder.checks.messages import _
from autograder.course.faults import Fault
from autograder.languages import translations

OF_THE_CODE = "en"  # the language that messages are written in
KEYWORDS = {"_": None, "ngettext": (1, 2)}


def lab_rules(folder: Path, file: str, notebooks: Iterable[NotebookNode]) -> tuple[list[str], list[Fault]]:
    """What tests can ask for as `check.NAME`, and what is wrong with the rules in a folder, which faults call `file`.

    Where those can't be used, it is not known what tests can ask for.
    """
    files = files_of_rules(folder)
    try:
        known = dir(_door(files))
    except Exception as error:  # they are Python, and may raise anything
        return [], [
            Fault(f"{file}/{FILE}", "", _("it can't be used ({error})", error=f"{type(error).__name__}: {error}"),
                  _("Correct it: it may import what is installed here, and no other file of yours"))
        ]  # fmt: skip
    languages = {language for notebook in notebooks for cell in notebook.cells for language in languages_of(cell)}
    return known, [
        fault
        for language in sorted(languages - {OF_THE_CODE} if files else ())
        for fault in _catalogue_faults(files, f"{file}/{MODULE}.{language}.po", language)
    ]


def _door(files: FilesOfRules) -> Check:
    check = notebook(OF_THE_CODE, {})[1]
    if files:
        check.use(loaded(files))
    return check


def _catalogue_faults(files: FilesOfRules, file: str, language: str) -> Iterator[Fault]:
    """A fault for each message without a translation, or with one that can't be filled in as the message is."""
    catalogue = read_po(io.BytesIO(files.get(Path(file).name, b"")), locale=language)
    package = translations(language)
    found = extract("python", io.BytesIO(files[FILE]), keywords=KEYWORDS)
    for forms in dict.fromkeys(_forms(message) for _line, message, _comments, _context in found):
        entry = catalogue.get(forms[0])
        translated = _forms(entry.string) if entry is not None and not entry.fuzzy else ()
        if not translated or not all(translated):
            if package.gettext(forms[0]) == forms[0]:
                yield Fault(
                    file,
                    "",
                    _("a message of {file} has no translation: {message}", file=FILE, message=repr(forms[0])),
                    _("Write it into the catalogue"),
                )
        elif others := [form for form in translated if _placeholders(form) != _placeholders(forms[-1])]:
            yield Fault(
                file,
                "",
                _(
                    "in the translation of {message} the placeholders are others: {translation}",
                    message=repr(forms[0]),
                    translation=repr(others[0]),
                ),
                _("Keep what stands in braces as the message has it"),
            )


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """A message's one form, or its plural ones."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _placeholders(text: str) -> set[str] | None:
    """The names in braces; None where a brace is without its other one."""
    try:
        return {name for _before, name, _spec, _conversion in Formatter().parse(text) if name is not None}
    except ValueError:
        return None
