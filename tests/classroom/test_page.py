"""The page as a browser reads it: whole, in both languages, and with nothing in it that runs or is fetched."""

from dataclasses import replace
from datetime import datetime

import pytest
from rich.console import Console

from autograder.attention import ATTENTION
from autograder.checks.messages import Message
from autograder.classroom.analysis import analyse
from autograder.classroom.page import MOST_NAMES, render, shown_lines
from autograder.classroom.records import Outcome, Standing
from autograder.classroom.similarity import Excerpt, Line
from autograder.cli.terminal import Terminal
from autograder.grading.results import Attention, SourceFault
from autograder.kinds import LossKind, OddityKind
from classroom.made_class import record, work
from classroom.page_reader import Page
from classroom.test_similarity import NET

JUPYTER = "http://localhost:8888"
HOSTILE = '</style></pre><script>alert(1)</script><img src=x onerror="alert(2)">&amp;\'{{ 7 * 7 }}'


NETWORK = {"Net": ("convolution → 4×8×8", "relu → 4×8×8", HOSTILE, "relu → 4×8×8")}


def _report(name: str = "Ada", message: str = "Size: expected 2, got 3.", code: str = NET):
    released = datetime(2026, 9, 1)
    works = [
        work("ada", {"test_size": Outcome.FAILED}, {"test_size": message}, ("conclusion",), code,
             networks=NETWORK, attention=(Attention(OddityKind.CHANGED, name), Attention(LossKind.CPU, "own"))),
        work("bob", {"test_size": Outcome.UNDECIDED}, code=code, networks=NETWORK, handed_in_at=datetime(2026, 9, 3, 12)),
        work("cyd", {"test_layers": Outcome.UNANSWERED}, late=True, handed_in_at=datetime(2026, 9, 9)),
        *[work(f"s{number}", {"test_size": Outcome.FAILED}, {"test_size": message}) for number in range(MOST_NAMES)],
    ]  # fmt: skip
    earlier = {"cyd": (Standing(9, 10, 0, True),)}
    return analyse(
        record(
            works, missing=("dan",), not_marked=("eve",), names={"ada": name, "cyd": name}, earlier=earlier,
            due=datetime(2026, 9, 5), source_faults=(SourceFault("lab", "test_layers", message),),
        ),
        released,
    )  # fmt: skip


def _nobody():
    return analyse(record([work("ada")]))


def _page(report, language="en", jupyter=JUPYTER):
    terminal = Terminal(Console(), language)
    return Page(render(report, language, terminal.text, jupyter, ATTENTION))


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("report", [_report(), _nobody()], ids=["much", "nothing"])
def test_the_page_is_whole_and_every_link_leads_somewhere(report, language):
    page = _page(report, language)

    assert page.inside == []
    ids = list(page.values("id"))
    assert len(set(ids)) == len(ids)
    pages = {
        f"{JUPYTER}/formgrader/submissions/{each}/"
        for notebooks in report.pages.values()
        for each in notebooks.values()
    }
    for link in page.values("href"):
        assert link.removeprefix("#") in ids if link.startswith("#") else link in pages
    fills = {value for value in page.values("class") if value in ("hatched", "dotted")}
    assert {"hatch", "dots"} <= set(ids) or not fills


def test_of_networks_is_spoken_where_there_are_some():
    assert ["what their networks do" in _page(report).text for report in (_report(), _nobody())] == [True, False]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_students_wrote_is_text(language):
    hostile = HOSTILE.replace("\n", " ")
    page = _page(_report(name=hostile, message=hostile, code=NET.replace("0.1", repr(hostile))), language)

    tags = {tag for tag, _attributes in page.elements}
    assert not tags & {"script", "img", "iframe", "object", "embed", "link", "form", "base", "image", "use"}
    assert not [
        name for _tag, attributes in page.elements for name in attributes if name.startswith("on") or name == "style"
    ]
    assert page.inside == []
    assert page.text.count(hostile) >= 3
    assert "49" not in page.text


def test_nothing_runs_and_nothing_is_fetched():
    (policy,) = (
        attributes["content"] or ""
        for tag, attributes in _page(_report()).elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )

    directives = {each.split()[0]: each.split()[1:] for each in policy.split(";")}
    assert directives.pop("default-src") == ["'none'"]
    (allowed,) = directives.pop("style-src")
    assert allowed.startswith("'sha256-")
    assert all(sources == ["'none'"] for sources in directives.values())
    assert not list(_page(_report()).values("src"))


def test_both_languages_say_everything_in_words_of_their_own():
    said: dict[str, list[Message]] = {"ru": [], "en": []}
    for language, messages in said.items():
        terminal = Terminal(Console(), language)

        def tell(message: Message, terminal: Terminal = terminal, messages: list[Message] = messages) -> str:
            messages.append(message)
            return terminal.text(message)

        for report in (_report(), _nobody()):
            render(report, language, tell, JUPYTER, ATTENTION)

    assert [message.template for message in said["ru"]] == [message.template for message in said["en"]]
    russian, english = (Terminal(Console(), language) for language in ("ru", "en"))
    assert all(russian.text(one) != english.text(other) for one, other in zip(said["ru"], said["en"], strict=True))


def test_numbers_and_dates_are_the_readers():
    report = _report()
    report = replace(report, marks=replace(report.marks, mean=6.25))

    russian, english = (_page(report, language).text for language in ("ru", "en"))

    assert "6,2" in russian and "6.2" in english
    assert "сент." in russian and "Sep" in english


def test_likeness_is_said_to_be_no_proof():
    assert "Likeness is no proof" in _page(_report()).text
    assert "Сходство ничего не доказывает" in _page(_report(), "ru").text


def test_of_a_long_cell_what_is_alike_is_shown_and_what_is_around_it():
    lines = tuple(Line(str(number), number in (20, 21)) for number in range(500))

    shown = shown_lines(Excerpt("answer", lines))

    assert [line.text if line else None for line in shown] == [None, "18", "19", "20", "21", "22", "23", None]
