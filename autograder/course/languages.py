"""Proofs that both languages are the same course: twins in the source, graded cells and text in the release."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from nbformat import NotebookNode

from autograder.cells.metadata import flags, languages_of, name_of
from autograder.checks.messages import Message, _
from autograder.course.faults import Fault
from autograder.languages import CYRILLIC

FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


HEADINGS, FORMULAS, LINKS = _("headings"), _("formulas"), _("links and pictures")  # what twins have in common


def unlike_twins(file: str, source: NotebookNode) -> list[Fault]:
    """A fault for each text without its twin beside it, and for each pair that differs in more than the words."""
    faults = []
    for before, cell, after in zip([None, *source.cells], source.cells, [*source.cells[1:], None], strict=False):
        own = languages_of(cell)
        if own == {"ru"} and not _are_twins(cell, after):
            faults.append(Fault(file, name_of(cell), _("no English twin follows it"),
                                _("Put a cell of the same type tagged `en` right after it")))  # fmt: skip
        elif own == {"ru"} and cell.cell_type == "markdown":
            faults += _differences(file, cell, after)
        elif own == {"en"} and not _are_twins(before, cell):
            faults.append(Fault(file, name_of(cell), _("no Russian twin stands before it"),
                                _("Put a cell of the same type tagged `ru` right before it")))  # fmt: skip
        elif len(own) == 2 or (not own and cell.cell_type == "markdown" and not flags(cell)):
            faults.append(Fault(file, name_of(cell), _("the text has no language of its own"),
                                _("Tag it `ru` or `en`")))  # fmt: skip
        if own and flags(cell):
            faults.append(Fault(file, name_of(cell), _("a cell of one language has a grade_id"),
                                _("Remove its nbgrader metadata: one gradebook serves both languages")))  # fmt: skip
    return faults


def _are_twins(russian: NotebookNode | None, english: NotebookNode | None) -> bool:
    return (
        russian is not None
        and english is not None
        and "ru" in languages_of(russian)
        and "en" in languages_of(english)
        and russian.cell_type == english.cell_type
    )


def _differences(file: str, cell: NotebookNode, twin: NotebookNode) -> list[Fault]:
    ours, theirs = _skeleton(cell.source), _skeleton(twin.source)
    return [
        Fault(file, name_of(cell),
              _("not the same {part} as in its twin {twin} (only here: {here}; only there: {there})", part=part,
                twin=name_of(twin), here=_listed(ours[part] - theirs[part]),
                there=_listed(theirs[part] - ours[part])),
              _("Make both the same"))
        for part in ours
        if ours[part] != theirs[part]
    ]  # fmt: skip


def _listed(items: Counter[str]) -> Message | tuple[str, ...]:
    return tuple(items.elements()) or _("none")


def _skeleton(text: str) -> dict[Message, Counter[str]]:
    """What a translation keeps, counted: the order of formulas in a sentence is the language's own."""
    prose = FENCE.sub("", text)
    without_code = re.sub(r"`[^`\n]*`", "", prose)
    links = re.findall(r"\]\(\s*<?([^)\s>]+)|(?:src|href)=[\"']([^\"']+)", without_code)
    return {
        HEADINGS: Counter(re.findall(r"^(#+) ", prose, re.MULTILINE)),
        FORMULAS: Counter(map(_wordless, re.findall(r"(\$\$.+?\$\$|\$[^$\n]+\$)", without_code, re.DOTALL))),
        LINKS: Counter(re.sub(r"\b(ru|en)\b", "*", "".join(link)) for link in links),
    }


def _wordless(formula: str) -> str:
    """A formula without the words in it and with a decimal point, as both languages have it."""
    return re.sub(r"\s+", "", re.sub(r"\\text\{[^}]*\}", r"\\text{}", formula.replace("{,}", ".")))


def different_graded_cells(file: str, first: NotebookNode, second: NotebookNode) -> list[Fault]:
    """A fault for the first cell whose nbgrader metadata or content differs between two languages."""
    for one, other in zip_longest(filter(flags, first.cells), filter(flags, second.cells)):
        if one is None or other is None or _graded(one) != _graded(other):
            return [Fault(file, name_of(one or other), _("the graded cells of the two languages differ from here on"),
                          _("Give graded cells no language tag: they are shared"))]  # fmt: skip
    return []


def _graded(cell: NotebookNode) -> tuple[str, Mapping[str, Any], str]:
    return cell.cell_type, flags(cell), cell.source


def foreign_text(file: str, released: NotebookNode, language: str) -> list[Fault]:
    """A fault for each cell of a release that is not in its language."""
    return [
        Fault(file, name_of(cell),
              _("the {language} release holds text that is not in its language", language=language),
              _("Put each language in a twin of its own, and shared code and its comments in English"))
        for cell in released.cells
        if languages_of(cell) - {language} or not _fits(cell, language)
    ]  # fmt: skip


def foreign_output(file: str, executed: NotebookNode, language: str) -> list[Fault]:
    """A fault for each cell whose outputs have Russian letters where the language has none."""
    return [
        Fault(file, name_of(cell),
              _("in {language} the cell shows text that is not in its language", language=language),
              _("Let the set-up cell's `language` choose the words"))
        for cell in executed.cells
        if language != "ru" and CYRILLIC.search("".join(map(_shown, cell.get("outputs", []))))
    ]  # fmt: skip


def _shown(output: NotebookNode) -> str:
    """The text that an output shows, printed or in a table."""
    data = output.get("data", {}).items()
    return output.get("text", "") + "".join(text for kind, text in data if kind.startswith("text/"))


def _fits(cell: NotebookNode, language: str) -> bool:
    has_cyrillic = CYRILLIC.search(cell.source) is not None
    if language == "ru" and languages_of(cell) == {"ru"}:
        return has_cyrillic or cell.cell_type == "code"
    return not has_cyrillic
