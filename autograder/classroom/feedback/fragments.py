"""Texts, code and outputs of a notebook as pieces of a page, in which nothing runs and nothing is fetched.

What is on a list of what is harmless is kept, and nothing else, whoever wrote it and whatever was cleaned before.
"""

import base64
import contextlib
import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import nh3
from markupsafe import Markup
from nbconvert.filters import ansi2html
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from pygments.token import STANDARD_TYPES

from autograder.classroom.feedback.formulas import ATTRIBUTES as FORMULAS
from autograder.classroom.feedback.formulas import TAGS as OF_FORMULAS
from autograder.classroom.feedback.formulas import mathml
from autograder.grading.cleaning import PICTURES
from autograder.grading.markup import ATTRIBUTES, TAGS, is_harmless_value

MOST_CHARACTERS = 10_000  # of one cell's code, or of one output
MOST_CELLS = 500  # that are kept for the next page
MOST_BYTES = 1_000_000  # of one picture
SUFFIXES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
COLOURS = {f"ansi-{name}-fg" for name in "black red green yellow blue magenta cyan white".split()} | {"ansi-bold"}
HEADINGS_OF_PAGE = 2  # levels of headings that are the page's own


class _Renderer(IPythonRenderer):
    """Markdown with formulas as MathML, and pictures in the page itself."""

    def __init__(self, attachments: Mapping[str, Mapping[str, str]], folder: Path | None) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self._attached, self._folder = attachments, folder

    def heading(self, text: str, level: int, **_attributes: object) -> str:
        level = min(level + HEADINGS_OF_PAGE, 6)
        return f"<h{level}>{text}</h{level}>\n"

    def block_code(self, code: str, info: str | None = None) -> str:
        return f"<pre>{python(code) if (info or '').startswith('python') else escape(code)}</pre>\n"

    def block_math(self, body: str) -> str:
        return mathml(body, display=True)

    def inline_math(self, body: str) -> str:
        return mathml(body, display=False)

    def latex_environment(self, name: str, body: str) -> str:
        return mathml(rf"\begin{{{name}}}{body}\end{{{name}}}", display=True)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return f'<img alt="{escape(text)}" src="{self._address(url)}">'

    def _address(self, url: str) -> str:
        if url.startswith("attachment:"):
            pictures = self._attached.get(url.removeprefix("attachment:"), {})
            return next((f"data:{kind};base64,{pictures[kind]}" for kind in PICTURES if kind in pictures), "")
        return url if url.startswith("data:") or self._folder is None else _picture_file(self._folder, url)


def text_of(cell: NotebookNode, folder: Path | None) -> Markup:
    """A cell of text; pictures that are attached to it, or lie in the folder, are taken into the page."""
    if "![" in cell.source:
        return markdown(cell.source, cell.get("attachments"), folder)
    return _without_pictures(cell.source)


@lru_cache(MOST_CELLS)  # the texts of a course are the same for a whole class
def _without_pictures(text: str) -> Markup:
    return markdown(text)


def markdown(
    text: str, attachments: Mapping[str, Mapping[str, str]] | None = None, folder: Path | None = None
) -> Markup:
    """A text; pictures that lie in the folder are taken into the page."""
    return _harmless(MarkdownWithMath(_Renderer(attachments or {}, folder)).render(text))


def title(text: str) -> Markup:
    """What stands in a heading."""
    return Markup(re.sub(r"^<h\d>|</h\d>\s*$", "", markdown(f"# {text}")))


def code(source: str) -> Markup:
    """Python, coloured; the beginning of what is too long."""
    return Markup(python(source[:MOST_CHARACTERS])) + ("\n⋯" if len(source) > MOST_CHARACTERS else "")


@lru_cache(MOST_CELLS)
def python(source: str) -> str:
    return highlight(source, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))


def output(shown: NotebookNode, picture: str) -> Markup:
    """What a cell showed; `picture` is what a picture is called for those who don't see it."""
    if shown.output_type == "stream":
        return _terminal(shown.text)
    if shown.output_type == "error":
        return _terminal("\n".join(shown.traceback) or f"{shown.ename}: {shown.evalue}")
    data = {kind: text for kind, text in shown.data.items() if isinstance(text, str)}
    if "text/html" in data:
        return _harmless(data["text/html"])
    if "text/markdown" in data:
        return markdown(data["text/markdown"])
    if "text/latex" in data:
        return _harmless(mathml(data["text/latex"].strip().strip("$"), display=True))
    if kind := next((kind for kind in PICTURES if kind in data), None):
        width = shown.metadata.get(kind, {}).get("width", "")
        sized = f' width="{int(width)}"' if isinstance(width, int | float) else ""
        source = re.sub(r"\s", "", data[kind])
        return _harmless(f'<img alt="{escape(picture)}"{sized} src="data:{kind};base64,{escape(source)}">')
    return _terminal(data.get("text/plain", ""))


def drawing(depicted: Any, language: str, name: str) -> Markup:
    """The picture of a check's message, if there is one that can be drawn."""
    if depicted is None:
        return Markup("")
    with contextlib.suppress(Exception):  # whatever goes wrong with it, the message stands
        from autograder.figures.depiction import depict  # Matplotlib and PyTorch, which few pages need
        from autograder.network.depicted import from_plain

        picture = depict(from_plain(depicted), language)
        source = base64.b64encode(picture.svg().encode()).decode()
        return _harmless(f'<img alt="{escape(name)}" src="data:image/svg+xml;base64,{source}">')
    return Markup("")


def _terminal(text: str) -> Markup:
    """Lines as they were printed, in their colours; the beginning of what is too long."""
    cut = "\n⋯" if len(text) > MOST_CHARACTERS else ""
    return _harmless(f"<pre>{ansi2html(text[:MOST_CHARACTERS].rstrip())}{cut}</pre>")


def _picture_file(folder: Path, url: str) -> str:
    """A picture in the folder as an address that holds it; nothing for any other file."""
    try:
        path = (folder / url).resolve(strict=True)
        kind = SUFFIXES.get(path.suffix.lower())
        if kind is None or not path.is_relative_to(folder.resolve()) or path.stat().st_size > MOST_BYTES:
            return ""
        return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
    except (OSError, ValueError):
        return ""


def _harmless(html: str) -> Markup:
    return Markup(
        nh3.clean(
            html,
            tags=set(TAGS | OF_FORMULAS),
            clean_content_tags={"script", "style", "template"},
            attributes={tag: set(names) for tag, names in (ATTRIBUTES | FORMULAS).items() if tag != "*"},
            attribute_filter=_kept_value,
            allowed_classes={"span": set(STANDARD_TYPES.values()) | COLOURS},
            url_schemes={"data", "http", "https", "mailto"},
        )
    )


_LENGTH = re.compile(r"[\d.]{1,5}em")


def _kept_value(tag: str, attribute: str, value: str) -> str | None:
    if tag == "mspace":
        return value if _LENGTH.fullmatch(value) else None
    return value if is_harmless_value(attribute, value) else None
