"""The command line. Commands import what they need when they run, so that `--help` is quick."""

import sys

import click
from rich.console import Console

from autograder.cli.check import check
from autograder.cli.collect import collect
from autograder.cli.demo import demo
from autograder.cli.doctor import doctor
from autograder.cli.due import due
from autograder.cli.export import export
from autograder.cli.feedback import feedback
from autograder.cli.grade import grade
from autograder.cli.help import Group
from autograder.cli.moves import moves
from autograder.cli.new import new
from autograder.cli.release import release
from autograder.cli.report import report
from autograder.cli.roster import roster
from autograder.cli.terminal import Terminal, language_of_user
from autograder.digests import DISTRIBUTION
from autograder.languages import LANGUAGES

# jsonschema would compile grammars for over a second to check a kind of address that no notebook has.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None forbids an import: not in typeshed


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=DISTRIBUTION)
@click.option(
    "--language", type=click.Choice(LANGUAGES), is_eager=True, help="Language of the messages (default: the system's)."
)
@click.pass_context
def main(context: click.Context, language: str | None) -> None:
    """Release the course, mark a class, check a notebook."""
    context.obj = Terminal(Console(highlight=False), language or language_of_user())


for command in (check, collect, demo, doctor, due, export, feedback, grade, moves, new, release, report, roster):
    main.add_command(command)
