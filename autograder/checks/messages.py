"""Messages that are translated when they are shown.

After a change of a message, bring the catalogue up to date and fill in what is new:

    pybabel extract --no-location --omit-header -o autograder.pot autograder/checks
    pybabel update -N -w 120 --ignore-obsolete -D autograder -l ru -i autograder.pot -d autograder/checks/locale
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from gettext import NullTranslations
from typing import Any

from autograder.languages import LANGUAGES, NO_BREAK_SPACE, grouped, translations

UNDECODED = 0xDC80


@dataclass(frozen=True)
class Message:
    """A template of English text with its values; a value may be a message, a tuple is a list of them."""

    template: str
    values: tuple[tuple[str, Any], ...] = ()
    plural: str = ""
    count: int = 0

    def text(self, language: str, catalogue: NullTranslations | None = None) -> str:
        """The message in a language, filled in; from the `catalogue` of a lab, if one is given."""
        catalogue = catalogue or translations(language)
        if self.plural:
            template = catalogue.ngettext(self.template, self.plural, self.count)
        else:
            template = catalogue.gettext(self.template)
        return template.format(**{name: in_language(value, language, catalogue) for name, value in self.values})

    def filled(self, **values: Any) -> "Message":
        """The same message with these values."""
        return replace(self, values=tuple(values.items()))

    def __str__(self) -> str:
        return self.text("en")


def _(template: str, /, **values: Any) -> Message:
    """A message to be translated."""
    return Message(template, tuple(values.items()))


def ngettext(one: str, many: str, count: int, /, **values: Any) -> Message:
    """A message whose form depends on a number, which both templates may show as `{count}`."""
    return Message(one, tuple({"count": count, **values}.items()), many, count)


ACTIVE_TEXT = _("Something that a browser would run or fetch is shown as text here.")
ACTIVE_OUTPUT = _("Something that a browser would run or fetch was taken out of this output.")
THIS_TEST = _("This test")
TAMPERED = _("in this notebook, tests do not tell what they should")
MORE_THAN_ALL = _("this test gives more points than it has")


NOT_INSTALLED = _(
    'The checks need {module}, which is not installed here: `pip install "PATH-OF-THE-CLONE[torch]"`.', module=""
)


def not_installed(module: str) -> str:
    """What is missing for the checks, in each language: the notebook has not named one yet."""
    return "\n".join(NOT_INSTALLED.filled(module=module).text(language) for language in LANGUAGES)


def some(names: Sequence[str], most: int) -> tuple[str, ...]:
    """So many of the names at the most, and a sign where there are more."""
    return (*names[:most], *(["…"] if len(names) > most else []))


def in_language(value: Any, language: str, catalogue: NullTranslations | None = None) -> str:
    """A message, a tuple of them, a number or a string as the reader sees it."""
    if isinstance(value, Message):
        return value.text(language, catalogue)
    if isinstance(value, tuple):
        return ", ".join(in_language(part, language, catalogue) for part in value)
    return grouped(value, language) if type(value) is int else str(value)


def printable(text: str, more: str = "") -> str:
    """The text with an escape for what a terminal would obey or hide: controls, marks of direction, half characters.

    Whoever writes names, errors or outputs of others to a terminal or a log writes them so. A byte that is no text
    is shown as that byte. `more` are characters to leave as they are; a line's end is none unless it is among them.
    """
    kept = NO_BREAK_SPACE + more
    return "".join(each if each.isprintable() or each in kept else _escape(ord(each)) for each in text)


def _escape(number: int) -> str:
    if UNDECODED <= number < UNDECODED + 0x80:  # as Python reads a byte of a name that is not UTF-8
        number -= UNDECODED - 0x80
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def one_line(text: str, longest: int = 200) -> str:
    """The text on one line, without what a terminal can't show, and cut where it is long."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text[: 2 * longest]).split())
    return line if len(line) <= longest else f"{line[: longest - 3]}..."
