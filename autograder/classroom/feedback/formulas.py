"""Formulas as MathML, which a browser sets by itself: nothing is run and nothing is fetched."""

from html import escape, unescape
from xml.etree import ElementTree

from latex2mathml.converter import convert_to_element

LONGEST = 2_000  # characters of a formula
TAGS = frozenset(
    "math menclose mfrac mi mn mo mover mpadded mphantom mroot mrow mspace msqrt mstyle msub msubsup msup mtable mtd "
    "mtext mtr munder munderover".split()
)
ATTRIBUTES = {
    "math": {"display"},
    "mfrac": {"linethickness"},
    "mi": {"mathvariant"},
    "mo": {"fence", "form", "maxsize", "minsize", "stretchy"},
    "mover": {"accent"},
    "mspace": {"width"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mtable": {"displaystyle"},
}


def mathml(tex: str, display: bool) -> str:
    """The formula as an element of HTML; as it was written where it is none, or is too long."""
    try:
        if len(tex) > LONGEST:
            return _as_written(tex)
        element = convert_to_element(tex, display="block" if display else "inline")
        for part in element.iter():  # the texts have entities in them already
            part.text = part.text and unescape(part.text)
        element.attrib.pop("xmlns", None)
        return ElementTree.tostring(element, encoding="unicode")
    except Exception:  # the library has a dozen kinds of errors, and recurses as deep as a formula is nested
        return _as_written(tex)


def _as_written(tex: str) -> str:
    return f"<code>{escape(tex)}</code>"
