"""The command line: `main` is its one entry."""

from autograder.cli.commands import main

__all__ = ["main"]
