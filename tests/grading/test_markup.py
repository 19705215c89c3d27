"""What a student wrote, rendered by nbconvert itself and read by an HTML parser: nothing in it is active."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert.exporters.html import HTMLExporter

from autograder.grading.markup import BREAK, is_telling, safe_html, safe_markdown
from grading.payloads import HTML, MARKDOWN

RENDERED = set(
    "a b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre s span strong "
    "sub sup table tbody td th thead tr u ul".split()
)
WRITTEN_BY_NBCONVERT = {"alt", "checked", "class", "disabled", "href", "id", "src", "style", "title", "type"}
EXPORTER = HTMLExporter()
ATTACHMENTS = {"a.png": {"image/png": "AAAA"}}
PIECES = [
    "<img src=x onerror=alert(1)>", "<script>", "</script>", "<svg/onload=alert(1)>", "<iframe srcdoc='<script>'>", "<b>",
    "</b>", "<br>", "<", ">", "</", "<!--", "-->", "<?", "<![CDATA[", "]]>", "<b", "<a href=javascript:alert(1)>",
    "[x](", "![x](", "](", "]:", "[x]", "[x]: ", "![x]", "(", ")", "<javascript:alert(1)>", "javascript:alert(1)",
    "data:text/html,<script>", "https://x.org/", "https://x.org/a_(b)", "//evil.org/x.png", "http://evil.org/x.png",
    "attachment:a.png", "attachment:b.png", "plot.png", "data:image/png;base64,AAAA", "&#60;", "&lt;", "&#x3c", "&colon;",
    "&Tab;", "&amp;", "&#106;", "\\", "\\<", "`", "``", "```", "```mermaid", "~~~", "~~~ html", "$", "$$", "\\\\(", "\\\\)",
    "\\begin{a}", "\\end{a}", "\\href{javascript:alert(1)}{x}", "\n", "\n\n", "\r", "    ", "> ", "- ", "1. ", "# ", "| ",
    "|-|-|\n", "- [ ] ", ": ", "*", "**", "_", "~~", '"', "'", ' "title" ', " onerror=alert(1) ", "@@0@@", "\x00", "\t", " ",
    "www.x.org", "a", "x y", "ж", "&#92;href{x}", "&bsol;href{x}", "[x](javascript:alert(1))", "![x](http://evil.org/x.png)",
    "[x]: javascript:alert(1)\n", "[x]:\njavascript:alert(1)\n", "[x]: //evil.org/x.png\n", "![x][x]", "![x](attachment:c.png)",
]  # fmt: skip


class Active(HTMLParser):
    """What of a page would run or fetch something."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [] if tag in RENDERED else [tag]
        for name, value in attributes:
            if name not in WRITTEN_BY_NBCONVERT or not harmless(tag, name, value or ""):
                self.found.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_decl(self, declaration: str) -> None:
        self.found.append(declaration)

    handle_comment = handle_pi = unknown_decl = handle_decl


def harmless(tag: str, name: str, value: str) -> bool:
    if name == "href":
        return urlsplit(value).scheme in ("http", "https", "mailto", "ftp") or value[:1] == "#" or is_file(value)
    if name == "src":
        return value.startswith("data:image/png;base64,") or is_file(value)
    return name != "style" or value == "" or value.startswith("text-align:")


def is_file(value: str) -> bool:
    """A picture beside the notebook or in it."""
    return re.fullmatch(r"(attachment:)?[\w./-]+\.png|data:image/png;base64,AAAA", value) is not None


def active(page: str) -> list[str]:
    found = Active()
    found.feed(page)
    found.close()
    return found.found + ([r"\href"] if r"\href" in found.text else [])


def rendered(text: str) -> str:
    """The page that nbconvert makes of a Markdown cell."""
    return EXPORTER.markdown2html({"cell": {"attachments": ATTACHMENTS}}, text)


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map("".join))
def test_nothing_active_is_left_of_markdown_as_nbconvert_renders_it(text):
    assert active(rendered(safe_markdown(text, ATTACHMENTS))) == []


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map("".join))
def test_nothing_active_is_left_of_html_and_cleaning_again_changes_nothing(text):
    cleaned = safe_html(text)
    assert [each for each in active(cleaned) if not each.startswith("a rel=")] == []
    assert safe_html(cleaned) == cleaned


@pytest.mark.parametrize("name", MARKDOWN)
def test_no_attack_by_markdown_is_left_and_each_is_told(name):
    attack = MARKDOWN[name].replace("RUN", "alert(1)").replace("SEEN", "http://evil.org/seen.png")
    assert active(rendered(safe_markdown(attack))) == []
    assert is_telling(attack)


@pytest.mark.parametrize("name", HTML)
def test_no_attack_by_html_is_left_and_each_is_told(name):
    attack = HTML[name].replace("RUN", "alert(1)").replace("SEEN", "http://evil.org/seen.png")
    assert active(attack)
    assert [each for each in active(safe_html(attack)) if not each.startswith("a rel=")] == []
    assert is_telling(attack)


HONEST = [
    "**bold**, *italic*, ~~struck~~, `code`, x<sub>1</sub>, <b>bold</b>, first<br>second",
    "A formula $\\frac{a}{b} & x > 0$ and \n\n$$\\begin{aligned} y &= x \\\\ z &= 1 \\end{aligned}$$",
    "| a | b |\n|:--|--:|\n| 1 | $2^n$ |",
    '[PyTorch](https://pytorch.org/docs/stable/nn.html#conv2d), [свёртка](https://ru.wikipedia.org/wiki/Свёртка_(анализ) "Свёртка")',
    "![plot](attachment:a.png) ![plot](plot.png) ![plot](data:image/png;base64,AAAA)",
    "https://pytorch.org, <br/>, R&D, a & b, &nbsp;, &mdash;, &lt;div&gt;, 2 < 3, `x < y`",
    "[docs][1]\n\n[1]: https://pytorch.org",
    "```python\nx = layers[0]\nif a < b:\n    y = {'a': 1}\n```",
    "- [ ] to do\n- [x] done\n\n> quoted\n\n1. first",
]


@pytest.mark.parametrize("text", HONEST)
def test_what_students_usually_write_stays_as_it_is(text):
    assert safe_markdown(text, ATTACHMENTS) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("$a<b$", "$a< b$"),
        ("if a<b: x[0](y)", "if a< b: x[0] (y)"),
        ("`<div>`", f"`<{BREAK}div>`"),
        ("List<int>", f"List<{BREAK}int>"),
        ("x[1]: int", "x[1] : int"),
        ("[notes](notes.html)", "[notes] (notes.html)"),
    ],
)
def test_what_is_no_attack_looks_nearly_the_same_and_is_not_told(text, shown):
    assert safe_markdown(text) == shown and not is_telling(text)
