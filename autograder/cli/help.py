"""Commands whose `--help` and wrong usage are told in the reader's language: the texts, and click's own words.

The texts stand where click has them, in docstrings and options; their Russian is in `help.po`, a paragraph an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations
from typing import Any

import click

from autograder.cli.faults import NEEDS_EXTRA, Problem, say_fault, say_problem
from autograder.cli.terminal import beside, language_of_user
from autograder.faults import CourseFault
from autograder.languages import translations
from autograder.later import is_of_extra

USAGE, OPTIONS, COMMANDS = "Usage", "Options", "Commands"
BREAK = re.compile(r"\n\s*\n")
SPEAKING = click.core, click.exceptions, click.parser, click.types  # modules of click that ask gettext for their words
METAVAR = re.compile(r"\b[A-Z]+\b")  # what stands for a value: ASSIGNMENT, FILE


class Formatter(click.HelpFormatter):
    """Writes what it is given, in a language."""

    def __init__(self, language: str, width: int | None, max_width: int | None) -> None:
        super().__init__(width=width, max_width=max_width)
        self._text = translations(language).gettext

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, self._values(args), prefix or f"{self._text(USAGE)}: ")

    def write_text(self, text: str) -> None:
        super().write_text("\n\n".join(map(self._text, paragraphs(text))))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        translated = []
        for term, meaning in rows:
            text, begins_range, values = meaning.partition("  [")  # click adds it: which numbers an option takes
            translated.append((self._values(term), f"{self._text(text)}{begins_range}{values}"))
        super().write_dl(translated, col_max, col_spacing)

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(self._text(name)):
            yield

    def _values(self, text: str) -> str:
        return METAVAR.sub(lambda found: self._text(found[0]), text)


class Context(click.Context):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _spoken.set(language_of(self))

    def make_formatter(self) -> Formatter:
        return Formatter(language_of(self), self.terminal_width, self.max_content_width)


class Command(click.Command):
    context_class = Context

    def invoke(self, ctx: click.Context) -> Any:
        """Runs it; what it can't do is told, beside the results where a program reads them, and ends with 2."""
        aside = beside(ctx.obj, ctx.params.get("as_json", False))
        try:
            return super().invoke(ctx)
        except CourseFault as fault:
            say_fault(aside, fault.fault, fault.details)
        except Problem as error:
            say_problem(aside, error.problem, error.remedy, error.values)
        except ModuleNotFoundError as error:
            if not is_of_extra(error):
                raise
            say_problem(aside, *NEEDS_EXTRA, {"module": error.name})
        raise SystemExit(2)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.MissingParameter as error:
            if error.param:
                error.param_hint = METAVAR.sub(lambda found: _text(found[0]), error.param.get_error_hint(ctx))
            raise


class Group(click.Group):
    context_class = Context

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each command with the first sentences of its help, whole."""
        with formatter.section(COMMANDS):
            formatter.write_dl([(name, paragraphs(each.help or "")[0]) for name, each in sorted(self.commands.items())])


_spoken: ContextVar[str] = ContextVar("_spoken")  # the language of the command that was read last


def language_of(context: click.Context) -> str:
    """The language that was chosen, once that has been read, or the system's."""
    return context.find_root().params.get("language") or language_of_user()


def _catalogue() -> NullTranslations:
    """What to say now; a usage error is told when click has left the command's context."""
    if context := click.get_current_context(silent=True):
        _spoken.set(language_of(context))
    return translations(_spoken.get("") or language_of_user())


def _text(message: str) -> str:
    return _catalogue().gettext(message)


def _text_for(one: str, several: str, count: int) -> str:
    return _catalogue().ngettext(one, several, count)


for _module in SPEAKING:  # click asks for the process's catalogue, and ours is another one with each command
    vars(_module).update({"_": _text, "ngettext": _text_for})


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line."""
    return [" ".join(each.split()) for each in BREAK.split(text.strip())]


def texts(command: click.Command, context: click.Context) -> Iterator[str]:
    """All that the help of a command is made of, and of those in it."""
    yield from paragraphs(command.help or "")
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option):
            yield " ".join((parameter.help or "").split())
    metavars = [each.metavar or "" for each in command.get_params(context)]
    for piece in (*command.collect_usage_pieces(context), *metavars):
        yield from METAVAR.findall(piece)
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        yield from texts(inner, inner.context_class(inner, parent=context, info_name=inner.name))
