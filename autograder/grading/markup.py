"""Markdown, HTML and TeX that a student wrote, made safe to show: a browser runs nothing of it and fetches nothing.

Markdown is read by several programs (JupyterLab's, nbconvert's, MathJax), and each reads it in another way. So it is
not parsed here: wherever something active could begin for any of them, a character is put in that nobody sees, or a
space. What was written can still be read, in formulas and code, too.
"""

import html
import re
from collections.abc import Collection

import nh3

BREAK = "\N{ZERO WIDTH SPACE}"
PLAIN_TAGS = "b|br|code|del|em|i|ins|kbd|mark|s|strong|sub|sup|u"  # in Markdown, without attributes
PAGES = "formgrader"  # some of its pages run what stands in their address
MACROS = "bbox|class|cssId|data|href|html[a-z]*|includegraphics|mmlToken|require|style|unicode|url"  # of MathJax
TAGS = frozenset(
    "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 "
    "hr i img ins kbd li mark ol p pre s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul "
    "var".split()
)
ATTRIBUTES = {
    "*": {"style"},
    "a": {"href"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start"},
    "table": {"border"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
}
STYLES = {
    "background-color", "color", "font-style", "font-weight", "text-align", "text-decoration", "vertical-align",
}  # fmt: skip

_IN_ADDRESS = r"""[^\s()<>\[\]{}"'`\\$@|^]"""
_LINK = rf"(?:https?://(?![^\s()]*{PAGES})(?:{_IN_ADDRESS}|\({_IN_ADDRESS}*\))+|mailto:[\w.+-]+@[\w.-]+|\#[\w.-]*)"
_PICTURE = r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+"
_PICTURE_FILE = r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*\.(?:png|jpe?g|gif|webp)"
_ATTACHMENT = r"attachment:([A-Za-z0-9_.-]+)"
_TITLE = r'(?:[ ]"[\w .,:;–-]*")?'

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_IMAGE = re.compile(rf"""!\[[^\[\]<>"'`\\$@&!\n]*\]\((?:{_ATTACHMENT}|{_PICTURE}|{_PICTURE_FILE}){_TITLE}\)""")
_ENTITY = re.compile(r"&(?:\#[0-9]+|\#x[0-9a-f]+|[a-z][a-z0-9]*);?", re.IGNORECASE)
_ACTIVE = re.compile(
    rf"""
    &(?=\#?[a-z0-9])                                # an entity, which could stand for any of the characters below
    | <(?!/?(?:{PLAIN_TAGS})[ ]?/?>)(?=[a-z/!?])    # a tag, a comment, an address in angle brackets
    | !(?=\[)                                       # an image
    | \](?=\()(?!\((?:{_LINK}|{_ATTACHMENT}|{_PICTURE}|{_PICTURE_FILE}){_TITLE}\))  # a link
    | \](?=:)(?!:[ ]*{_LINK}[ ]*(?:\n|\Z))          # the address of a link
    | \\(?=(?:{MACROS})(?![a-z]))                   # a formula with addresses, styles or attributes
    | @(?=@[0-9])                                   # what JupyterLab puts in the place of a formula for a while
    | mer(?=maid)                                   # diagrams, which may hold HTML and fetch images
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ADDRESS = re.compile(r"(?:https?|ftp|www)[.:][^\s<]*", re.IGNORECASE)
# A formula in an address is put in by JupyterLab after all the rest, as it is.
_ACTIVE_IN_ADDRESS = re.compile(rf"\$|\\[(\[\\]|\\begin|@@|{PAGES}", re.IGNORECASE)
_LIKE_A_TAG = re.compile(r"<[a-z/!?][^<>\n]{0,200}>", re.IGNORECASE)
_TELLING = re.compile(
    rf"""
    <(?:a|audio|base|body|button|embed|form|frame|frameset|iframe|img|input|link|math|meta|noscript|object|script
        |source|svg|template|textarea|title|video|xmp)\b
    | <[a-z][^<>]{{0,999}}[\s/"'](?:(?:form)?action|background|data|href|poster|src|srcdoc|srcset)\s*=
    | [\s/"']on[a-z]{{3,}}\s*=
    | (?:javascript|vbscript)\s*: | data:(?!image/)[a-z] | &\#x?[0-9a-f]{{1,8}};?\w{{0,20}}: | &(?:colon|Tab|NewLine);
    | !\[[^\[\]]*\](?:\(\s*<?(?:[a-z]+:)?//|(?!\())     # an image from elsewhere, or one by name
    | \]\((?!https?:|mailto:|attachment:|data:image/)(?:\s*<[^>\n]{{0,99}}:|[^)\s/]{{0,99}}:)  # a link, another scheme
    | \\(?:{MACROS})(?![a-z])
    | @import | url\s*\(
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TEX = re.compile(rf"\\(?=(?:{MACROS})(?![a-z]))", re.IGNORECASE)


def is_telling(text: str) -> bool:
    """Whether what was taken out of this text is worth a word: it would have run something or fetched it."""
    return _TELLING.search(text) is not None


def safe_markdown(text: str, attachments: Collection[str] = ()) -> str:
    """The text with nothing active in it; images may be in `attachments`, in the text itself, or files beside it."""

    def broken(found: re.Match[str]) -> str:
        return found[0] if _is_harmless(text, found, attachments) else found[0] + _break(text, found)

    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _ACTIVE.sub(broken, _ADDRESS.sub(_safe_address, text))


def _safe_address(found: re.Match[str]) -> str:
    """An address in the text itself, which becomes a link; nothing is a link that begins with another letter."""
    if _ACTIVE_IN_ADDRESS.search(found[0]):
        return re.sub(r"(?i)(http|ftp|www)", rf"\g<1>{BREAK}", found[0])
    return found[0]


def _break(text: str, found: re.Match[str]) -> str:
    """What is put in: in code and formulas, where it means nothing, a space."""
    is_code = found[0] == "]" or (found[0] == "<" and not _LIKE_A_TAG.match(text, found.start()))
    return " " if is_code else BREAK


def _is_harmless(text: str, found: re.Match[str], attachments: Collection[str]) -> bool:
    if found[0] == "!":
        image = _IMAGE.match(text, found.start())
        return image is not None and (image[1] is None or image[1] in attachments)
    if found[0] == "&":
        entity = _ENTITY.match(text, found.start())
        return entity is None or _is_harmless_entity(entity[0])
    return False


def _is_harmless_entity(entity: str) -> bool:
    """Whether it is none, or stands for a letter beyond ASCII or one that HTML itself must write so."""
    meant = html.unescape(entity)
    return meant == entity or (entity.endswith(";") and (meant in '<>&"' or not meant.isascii()))


def safe_tex(text: str) -> str:
    """The text without the macros of MathJax that take an address, a style or an attribute."""
    return _TEX.sub(rf"\\{BREAK}", text)


def safe_html(text: str) -> str:
    """The elements and attributes that text, tables and pictures need, and nothing else."""
    cleaned = nh3.clean(
        text,
        tags=set(TAGS),
        clean_content_tags={"script", "style", "template"},
        attributes=ATTRIBUTES,
        attribute_filter=_kept_value,
        filter_style_properties=STYLES,
        url_schemes={"data", "http", "https", "mailto"},
    )
    return safe_tex(cleaned)


_HTML_LINK = re.compile(rf"(?!.*{PAGES})(?:https?://|mailto:)[^\s]*|\#[\w.-]*")
_HTML_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=]+")


def _kept_value(_tag: str, attribute: str, value: str) -> str | None:
    return value if is_harmless_value(attribute, value) else None


def is_harmless_value(attribute: str, value: str) -> bool:
    """Whether an attribute that is allowed may have this value: an address leads to a page, a picture is its own."""
    allowed = {"href": _HTML_LINK, "src": _HTML_PICTURE}.get(attribute)
    return allowed is None or allowed.fullmatch(value) is not None
