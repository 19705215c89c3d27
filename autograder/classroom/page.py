"""The report as one HTML page: nothing in it runs, and nothing is fetched."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from hashlib import sha256
from importlib.resources import files
from itertools import zip_longest
from typing import Any
from urllib.parse import quote

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_percent
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder.checks.messages import Message
from autograder.classroom.analysis import Report
from autograder.classroom.sheet import as_number_in
from autograder.classroom.similarity import Excerpt, Line, Pair
from autograder.kinds import AttentionKind

TEMPLATES = files("autograder.classroom") / "templates"
MOST_NAMES = 12  # that are shown at once, of those who made a mistake
MOST_PAIRS = 10
MOST_LINES = 40  # of an excerpt
LINES_AROUND = 2  # what is alike
Words = Mapping[AttentionKind, Message]  # what each thing to look at is called


def render(report: Report, language: str, tell: Callable[[Message], str], jupyter: str, attention: Words) -> str:
    """The page in a language, which `tell` puts messages into, with links to formgrader at this address of Jupyter."""
    environment = environment_of(language, tell)
    environment.globals["side_by_side"] = side_by_side
    return environment.get_template("report.html").render(
        report=report,
        **styled("report.css"),
        formgrader=jupyter.rstrip("/") + "/formgrader",
        attention=attention,
        most_names=MOST_NAMES,
        most_pairs=MOST_PAIRS,
    )


def environment_of(language: str, tell: Callable[[Message], str]) -> Environment:
    """The templates of the classroom's pages, with what they call."""
    environment = Environment(
        loader=PackageLoader("autograder.classroom"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(_functions(language, tell), language=language)
    return environment


def styled(name: str) -> dict[str, str]:
    """The style of all pages and that of one, and the digest by which the page allows them."""
    style = "".join(file.read_text("utf-8") for file in (TEMPLATES / "page.css", TEMPLATES / name))
    return {"style": style, "style_digest": b64encode(sha256(style.encode()).digest()).decode()}


def _functions(language: str, tell: Callable[[Message], str]) -> dict[str, Any]:
    """What the template calls: texts, numbers and dates as the reader of the language writes them."""
    return {
        "_": lambda template, **values: tell(Message(template, tuple(values.items()))),
        "tell": tell,
        "number": lambda value: as_number_in(language, value),
        "percent": lambda share: _percent(share, language),
        "moment": lambda at: format_datetime(at, "d MMM y, HH:mm", locale=language),
        "day": lambda at: format_date(at, "d MMM", locale=language),
        "duration": lambda taken: _duration(taken, language),
        "quote": lambda text: quote(text, safe=""),
        "words": words,
    }


def words(message: str) -> Markup:
    """A message, in which what stands between backticks is code."""
    code = Markup("<code>{}</code>").format
    return Markup("").join(code(part) if place % 2 else part for place, part in enumerate(message.split("`")))


def _percent(share: float, language: str) -> str:
    """A share in whole percent; neither nothing nor all where it is only nearly that."""
    if 0 < share < 0.005:
        return "<" + format_percent(0.01, locale=language)
    if 0.995 <= share < 1:
        return ">" + format_percent(0.99, locale=language)
    return format_percent(share, locale=language)


def _duration(taken: timedelta, language: str) -> str:
    return format_timedelta(taken, threshold=3, locale=language)


def side_by_side(pair: Pair) -> Iterator[tuple[tuple[str, ...], list[Line | None], list[Line | None]]]:
    """What is shown of the one and of the other, and the cells that it is from; None where lines are left out.

    Cells of the same name stand beside each other, the others in their order.
    """
    first, second = ({excerpt.cell: excerpt for excerpt in excerpts} for excerpts in pair.excerpts)
    both = [name for name in first if name in second]
    rest = zip_longest(*([name for name in each if name not in both] for each in (first, second)))
    for one, other in [*zip(both, both, strict=True), *rest]:
        cells = tuple(dict.fromkeys(name for name in (one, other) if name is not None))
        yield cells, shown_lines(first.get(one)), shown_lines(second.get(other))


def shown_lines(excerpt: Excerpt | None) -> list[Line | None]:
    """The lines that are alike and some around them, up to a number; None in place of what is left out."""
    lines = excerpt.lines if excerpt else ()
    alike = [number for number, line in enumerate(lines) if line.alike]
    near = {at for number in alike for at in range(number - LINES_AROUND, number + LINES_AROUND + 1)}
    shown: list[Line | None] = []
    for number, line in enumerate(lines):
        if number in near and len(shown) < MOST_LINES:
            shown.append(line)
        elif not shown or shown[-1] is not None:
            shown.append(None)
    return shown
