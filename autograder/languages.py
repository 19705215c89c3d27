"""The languages of the course: what is translated into them, and how numbers are written in them."""

from __future__ import annotations

import gettext
import io
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it takes long to import
    from babel.messages import Catalog

LANGUAGES = ("ru", "en")
CYRILLIC = re.compile("[\u0400-\u04ff]")
PACKAGE = Path(__file__).parent
LINE_OF_PO = re.compile(r'(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+)?"(?:[^"\\]|\\.)*")?')
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogues of all rooms, compiled in memory; English is the language of the code."""
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r} is not one of {', '.join(LANGUAGES)}")
    found = gettext.NullTranslations()
    for catalogue in sorted(PACKAGE.glob(f"*/locale/{language}/LC_MESSAGES/*.po")):
        found.add_fallback(catalogue_of(catalogue.read_bytes(), language))
    return found


class NotACatalogue(ValueError):
    """A .po file that can't be read: in which line, what stands there, and whether it is text in UTF-8."""

    def __init__(self, line: int, text: str, is_utf8: bool = True) -> None:
        super().__init__(f"line {line} is not as it should be: {text}" if is_utf8 else f"line {line} is not in UTF-8")
        self.line, self.text, self.is_utf8 = line, text, is_utf8


def read_catalogue(content: bytes, language: str) -> Catalog:
    """The messages of a .po file; NotACatalogue where it is none."""
    from babel.messages.pofile import PoFileError, read_po

    try:
        lines = content.decode("utf-8-sig").split("\n")  # a translation may hold what else ends a line
    except UnicodeDecodeError as error:
        before = error.object[: error.start]  # without the mark that the codec has read
        place = len(before.split(b"\n"))
        raise NotACatalogue(place, "", is_utf8=False) from error
    for place, line in enumerate(lines, start=1):
        if not LINE_OF_PO.fullmatch(line.strip()):  # Babel takes the last letter for the quotation mark
            raise NotACatalogue(place, line.strip())
    try:
        return read_po(lines, locale=language, abort_invalid=True)
    except PoFileError as error:
        raise NotACatalogue(error.lineno + 1, lines[error.lineno].strip()) from error
    except ValueError as error:  # a date or a number of the entry at its head
        raise NotACatalogue(1, str(error)) from error


def catalogue_of(content: bytes, language: str) -> gettext.GNUTranslations:
    """What a .po file says, compiled in memory; NotACatalogue."""
    from babel.messages.mofile import write_mo

    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(content, language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def others(language: str) -> set[str]:
    """All languages but this."""
    return set(LANGUAGES) - {language}


def grouped(number: int, language: str) -> str:
    """`36 928` in Russian, `36,928` in English; four figures stand together."""
    if abs(number) < 10_000:
        return str(number)
    return f"{number:,}".replace(",", "," if language == "en" else NO_BREAK_SPACE)
