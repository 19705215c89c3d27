"""What students named and wrote reaches the terminal as text: nothing in it is obeyed, hidden or taken for markup."""

import io
import unicodedata

import pytest
from grading.small_course import answered, write
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from autograder.checks.messages import printable
from autograder.cli import doctor
from autograder.cli.faults import say_fault
from autograder.cli.outcome import MOST_REMARKS, say_attention
from autograder.cli.progress import watched
from autograder.cli.table import show_marks
from autograder.cli.terminal import Terminal, coloured_text, message
from autograder.grading.results import Attention, GradedCell, Mark, Marked, NotMarked
from autograder.kinds import FaultKind, LossKind, OddityKind

NAMES = [
    "\x1b[2J\x1b]0;x\x07",
    "a\r\nb",
    "\u202eabc\u2066",
    "\x9b31m",
    "[/red][bold]",
    "\udcc8\udce2",
    "\ud800",
    "\u200b\x00",
]
OURS = {"\n", "\N{NO-BREAK SPACE}"}


def shown(name: str, show) -> str:
    """What is written where a file, a student and a cell have this name."""
    out = io.StringIO()
    show(Terminal(Console(file=out, width=300), "en"), name)
    return out.getvalue()


def table(terminal: Terminal, name: str) -> None:
    cells = [GradedCell("sums", "test_double", 2, by_hand=False)]
    results = [Marked(name, (Mark("test_double", 2, 2),)), NotMarked(f"{name}2", FaultKind.LINK, {})]
    show_marks(terminal, "sums", cells, results, {name: name, f"{name}2": name})


def fault(terminal: Terminal, name: str) -> None:
    say_fault(terminal, FaultKind.RENAMED, {"wanted": "sums.ipynb", "found": name}, name)


def attention(terminal: Terminal, name: str) -> None:
    remarks = (Attention(OddityKind.BESIDE, name), Attention(LossKind.ENDED, name))
    say_attention(terminal, [Marked(name, (Mark("a", 1, 1),), attention=remarks, before=(Mark("a", 0, 1),))])


def progress(terminal: Terminal, name: str) -> None:
    list(watched(terminal, iter([Marked(name, ()), NotMarked(name, FaultKind.LINK, {})]), 2))


def said(terminal: Terminal, name: str) -> None:
    terminal.say("{name}", name=name)


@pytest.mark.parametrize("show", [table, fault, attention, progress, said])
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_is_shown_with_escapes(name, show):
    text = shown(name, show)
    assert {each for each in text if not each.isprintable()} <= OURS
    assert printable(name) in text
    assert text.encode()


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_on_a_terminal_a_name_brings_no_escape_sequence_either(name):
    """A bar of progress, a status and colours are sequences of rich's own: the same as for a name that is plain."""

    def live(terminal: Terminal, name: str) -> None:
        progress(terminal, name)
        with terminal.status(message("Running {name} …", name=name)):
            pass

    out = io.StringIO()
    live(Terminal(Console(file=out, width=300, force_terminal=True, legacy_windows=False), "en"), name)
    assert not any(
        part in out.getvalue() for part in ("\x1b[2J", "\x1b]0", "\r\nb", "\u202e", "\x9b", "\udcc8", "\x00")
    )


@given(st.text())
def test_what_is_printable_stays_and_the_rest_is_ascii(text):
    escaped = printable(text)
    assert escaped.isprintable() or "\N{NO-BREAK SPACE}" in escaped
    assert printable(escaped) == escaped
    if not any(unicodedata.category(each)[0] in "CZ" for each in text):
        assert escaped == text


def test_a_byte_that_is_no_text_is_shown_as_that_byte():
    assert printable("a\udcc8\x1b\u202e\U000e0001") == r"a\xc8\x1b\u202e\U000e0001"


def test_the_colours_of_a_notebook_are_kept_and_nothing_else_of_its_escapes():
    text = coloured_text("\x1b[31mred\x1b[0m\n\x1b]8;;http://x\x1b\\link\x1b[2J\x1b[1A")
    assert text.plain == "red\n" + r"\x1b]8;;http://x\x1b\link\x1b[2J\x1b[1A"
    assert [str(span.style) for span in text.spans] == ["color(1)"]


def test_of_many_remarks_on_one_notebook_ten_are_told():
    remarks = tuple(Attention(OddityKind.BESIDE, f"{number}.ipynb") for number in range(500))
    text = shown("anna", lambda terminal, name: say_attention(terminal, [Marked(name, (), attention=remarks)]))
    assert len(text.splitlines()) == MOST_REMARKS + 1
    assert "anna: 490 more" in text


def test_check_shows_what_a_notebook_prints_and_names_with_escapes(run, tmp_path):
    prints = 'def double(n):\n    print("\\x1b[2J\\x1b[31mred\\u202e")\n    return 2 * n'
    raises = 'def half(n):\n    return n / 2\n\nraise ValueError("\\x1b[2J\\r[/red]")'
    write(answered(double=prints, half=raises), tmp_path / "[/x]\x1b[2J.ipynb")

    result = run("check", "[/x]\x1b[2J.ipynb", folder=tmp_path)

    assert {each for each in result.output if not each.isprintable()} <= OURS
    assert r"Cell half stopped: ValueError: \x1b[2J\x0d[/red]." in result.output
    assert r"\x1b[2Jred\u202e" in result.output


def test_doctor_shows_what_it_found_with_escapes(run, tmp_path, monkeypatch):
    finding = doctor.Finding(
        "fail", "the kernel python3 is another Python: {path}", {"path": "\x1b[2J[/x]"}, "mend \x1b[1m"
    )
    for part in ("_python", "_import", "_packages", "_kernel"):
        monkeypatch.setattr(doctor, part, lambda: iter(()))
    monkeypatch.setattr(doctor, "_sandbox", lambda: iter([finding]))

    result = run("doctor", folder=tmp_path)

    assert {each for each in result.output if not each.isprintable()} <= OURS
    assert r"\x1b[2J[/x]" in result.output and r"mend \x1b[1m" in result.output
