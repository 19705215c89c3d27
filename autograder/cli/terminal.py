"""What the commands say, in the reader's language and at the width of the terminal."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.status import Status

    from autograder.checks.messages import Message

COLOUR = re.compile(r"(\x1b\[[\d;]*m)")


@dataclass(frozen=True)
class Terminal:
    """Where the messages go and in which language; messages are written for `gettext` as in the checks."""

    console: Console
    language: str

    def text(self, message: Message) -> str:
        return message.text(self.language)

    def say(self, template: str, style: str = "", **values: Any) -> None:
        self.write(self.text(message(template, **values)), style)

    def write(self, text: str, style: str = "") -> None:
        self.console.print(plain_text(text, style))

    def status(self, message: Message) -> Status:
        """A line with a spinner, for as long as something takes."""
        return self.console.status(plain_text(self.text(message)))

    def silent(self) -> Terminal:
        """The same, saying nothing."""
        return Terminal(Console(quiet=True), self.language)

    def item(self, bullet: str, text: str, style: str = "") -> None:
        """A paragraph beside a bullet."""
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_row(Text(bullet, style=style), plain_text(text, style))
        self.console.print(grid)

    def remark(self, told: Message, style: str = "yellow") -> None:
        """Something to look at."""
        self.item("!", self.text(told), style)

    def table(self, title: str = "") -> Table:
        """A table without columns, in the look of all that have a heading; `title` stands above it."""
        above = Text("\n").append_text(plain_text(title)) if title else None
        return Table(title=above, title_justify="left", title_style="bold",
                     box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))  # fmt: skip

    def lines(self, lines: Iterable[str]) -> None:
        """Lines to be pasted elsewhere: as they are, with no indent, and as long as they are."""
        for line in lines:
            self.console.print(plain_text(line), soft_wrap=True)


def beside(terminal: Terminal, as_json: bool) -> Terminal:
    """Where to say what is none of the results: not among those that a program reads."""
    return Terminal(Console(stderr=True), terminal.language) if as_json else terminal


def plain_text(text: str, style: str = "") -> Text:
    """A text as it is shown: nothing in it is markup, and what a terminal would obey is shown as an escape."""
    from autograder.checks.messages import printable

    return Text(printable(text), style=style)


def coloured_text(text: str) -> Text:
    """Lines that a notebook shows, in their colours and with no other escape sequence."""
    from autograder.checks.messages import printable

    parts = COLOUR.split(text)
    return Text.from_ansi("".join(part if COLOUR.fullmatch(part) else printable(part, "\n\t") for part in parts))


def message(template: str, /, **values: Any) -> Message:
    """A message of the command line, to be translated when it is shown."""
    from autograder.checks.messages import Message

    return Message(template, tuple(values.items()))


def N_(template: str) -> str:
    """Marks a template for extraction that is made a message elsewhere."""
    return template


def language_of_user() -> str:
    """Russian where the system speaks it, English otherwise."""
    setting = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "ru" if setting.startswith("ru") else "en"
