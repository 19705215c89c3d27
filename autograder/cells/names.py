"""The names that a cell's code binds and reads, found without running it.

What a student wrote is parsed in the student's process alone: parsing can take long, or end the process that does it.
"""

import ast
import dis
from collections.abc import Iterable, Iterator
from types import CodeType

from IPython.core.inputtransformer2 import TransformerManager

BY_ANY_NAME = frozenset("globals locals vars dir eval exec compile get_ipython __builtins__ __import__".split())
NO_CODE = (SyntaxError, ValueError, RuntimeError, MemoryError)  # what code raises that can't be compiled


def python_of(source: str) -> str:
    """The cell's code with the notebook's own syntax (magics) turned into Python."""
    try:
        ast.parse(source)
        return source
    except (SyntaxError, ValueError):
        return TransformerManager().transform_cell(source)


def bound_and_read(source: str, cell: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names a cell binds, and those it reads before it has bound them; SyntaxError for code that is none."""
    code = compile(python_of(source), cell, "exec")
    bound, read = set(), set()
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("STORE_NAME", "STORE_GLOBAL"):
            bound.add(instruction.argval)
        elif instruction.opname in ("LOAD_NAME", "LOAD_GLOBAL") and instruction.argval not in bound:
            read.add(instruction.argval)
    read |= {name for inner in _inner_codes(code) for name in _global_reads(inner)} - bound
    return frozenset(bound), frozenset(read)


def names_of(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """The same; no names where a cell is no code, and will not run."""
    try:
        return bound_and_read(source, "<cell>")
    except NO_CODE:
        return frozenset(), frozenset()


def names_read(sources: Iterable[str], among: Iterable[str]) -> list[str]:
    """Which of some names cells read."""
    read = frozenset().union(*(names_of(source)[1] for source in sources))
    return sorted(read.intersection(among))


def _inner_codes(code: CodeType) -> Iterator[CodeType]:
    """The functions, classes and comprehensions in a cell, at any depth."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _inner_codes(constant)


def _global_reads(code: CodeType) -> set[str]:
    return {i.argval for i in dis.get_instructions(code) if i.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
