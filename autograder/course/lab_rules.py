"""Proof that a lab's own rules can be used, and speak each language of its notebooks."""

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from string import Formatter
from traceback import extract_tb

from babel.messages.extract import extract
from nbformat import NotebookNode

from autograder.cells.door import rules_asked
from autograder.cells.imports import imported
from autograder.cells.metadata import languages_of, name_of
from autograder.checks import notebook
from autograder.checks.entry import Check
from autograder.checks.lab import FILE, MODULE, FilesOfRules, files_of_rules, loaded
from autograder.checks.messages import _
from autograder.course.faults import Fault
from autograder.course.testcells import unknown_rules
from autograder.languages import LANGUAGES, NotACatalogue, read_catalogue, translations

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
        return [], [_unusable(f"{file}/{FILE}", error)]
    languages = {language for notebook in notebooks for cell in notebook.cells for language in languages_of(cell)}
    return known, [
        fault
        for language in sorted(languages - {OF_THE_CODE} if files else ())
        for fault in _catalogue_faults(files, f"{file}/{MODULE}.{language}.po", language)
    ]


def _door(files: FilesOfRules) -> Check:
    check = notebook(OF_THE_CODE, {})[1]
    if files:
        files[FILE].decode()  # Python says something else of it, or nothing
        check.use(loaded(files))
    return check


def _unusable(file: str, error: Exception) -> Fault:
    """Why rules.py can't be used, with the last line of it that has a part in that, if one has."""
    if isinstance(error, UnicodeDecodeError):
        line = error.object[: error.start].count(b"\n") + 1
        return Fault(file, "", _("line {line} is not in UTF-8", line=str(line)), _("Save it in UTF-8"))
    said = f"{type(error).__name__}: {error}"
    lines = [each.lineno for each in extract_tb(error.__traceback__) if each.filename == FILE]
    told = _("it can't be used ({error})", error=said)
    if lines and lines[-1]:
        told = _("it can't be used: line {line} ({error})", line=str(lines[-1]), error=said)
    if isinstance(error, ImportError):
        return Fault(file, "", told, _("It may import what is installed here, and no other file of yours"))
    return Fault(file, "", told, _("Correct it"))


def rule_faults(folder: Path, file: str, source: NotebookNode, known: Sequence[str]) -> list[Fault]:
    """What is wrong with how a notebook uses rules, of which it is `known` what there are, if they can be used."""
    return (_unused_rules(folder, file, source) or unknown_rules(file, source, known)) if known else []


def _unused_rules(folder: Path, file: str, source: NotebookNode) -> list[Fault]:
    """The fault of a notebook that imports rules.py where there is none, or asks for its rules and never uses it."""
    cells = [cell for cell in source.cells if cell.cell_type == "code"]
    files = files_of_rules(folder)
    if not files:
        importing = [cell for cell in cells if MODULE in imported(cell.source)]
        return [Fault(file, name_of(each), _("it imports rules.py, which does not lie beside the notebook"),
                      _("Put rules.py there, or take the import and `check.use(rules)` out"))
                for each in importing[:1]]  # fmt: skip
    own = {*dir(_door(files))} - {*dir(_door({}))}
    for language in LANGUAGES:
        seen = [cell for cell in cells if languages_of(cell) <= {language}]
        asked = {name: cell for cell in seen for name in rules_asked(cell.source, name_of(cell))}
        if "use" not in asked and (wanted := own & asked.keys()):
            cell = asked[min(wanted)]
            return [Fault(file, name_of(cell),
                          _("it asks for `check.{name}`, and no cell puts rules.py to use", name=min(wanted)),
                          _("Write `import rules` and `check.use(rules)` into each set-up cell"))]  # fmt: skip
    return []


def _catalogue_faults(files: FilesOfRules, file: str, language: str) -> Iterator[Fault]:
    """A fault for each message without a translation, or with one that can't be filled in as the message is."""
    try:
        catalogue = read_catalogue(files.get(Path(file).name, b""), language)
    except NotACatalogue as error:
        yield _unreadable(file, error)
        return
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


def _unreadable(file: str, error: NotACatalogue) -> Fault:
    if not error.is_utf8:
        return Fault(file, "", _("line {line} is not in UTF-8", line=str(error.line)), _("Save it in UTF-8"))
    return Fault(file, "", _("line {line} is not as it should be: {text}", line=str(error.line), text=error.text),
                 _("Write it as `msgid \"…\"` and `msgstr \"…\"` with both quotation marks, and one in the text as "
                   "`\\\"`"))  # fmt: skip


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """A message's one form, or its plural ones."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _placeholders(text: str) -> set[str] | None:
    """The names in braces; None where a brace is without its other one."""
    try:
        return {name for _before, name, _spec, _conversion in Formatter().parse(text) if name is not None}
    except ValueError:
        return None
