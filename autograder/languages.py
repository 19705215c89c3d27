"""The languages of the course: what is translated into them, and how numbers are written in them."""

import gettext
import io
import re
from functools import cache
from pathlib import Path

LANGUAGES = ("ru", "en")
CYRILLIC = re.compile("[\u0400-\u04ff]")
PACKAGE = Path(__file__).parent
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


def catalogue_of(content: bytes, language: str) -> gettext.GNUTranslations:
    """What a .po file says, compiled in memory."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(content), locale=language))
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
