"""Both languages are the same course."""

import pytest

from autograder.course.languages import different_graded_cells, foreign_text, unlike_twins

from .made_notebooks import answer_cell, checking_cell, code, notebook, text, written_answer

RUSSIAN = "## Размер\nФормула $n + 2{,}5\\text{ шага}$ и $k$, [урок](a.md), ![рисунок](b.png)\n```\n# текст $x$\n```"
ENGLISH = "## Size\n[Lesson](a.md), the formula $k$ and $n+2.5\\text{ steps}$, ![picture](b.png)\n```\n# words $y$\n```"


def test_twins_that_differ_in_words_alone_are_alike():
    source = notebook(text(RUSSIAN, "ru"), text(ENGLISH, "en"), code("a = 'ru'", "ru"), code("a = 'en'", "en"))
    assert unlike_twins("s.ipynb", source) == []


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (("## Size", "### Size"), "headings"),
        (("## Size", "Size"), "headings"),
        (("$k$", "$m$"), "formulas"),
        (("$k$", "k"), "formulas"),
        (("a.md", "c.md"), "links"),
        (("![picture](b.png)", ""), "pictures"),
    ],
)
def test_twins_that_differ_in_more_are_a_fault(change, part):
    source = notebook(text(RUSSIAN, "ru"), text(ENGLISH.replace(*change), "en"))
    (fault,) = unlike_twins("s.ipynb", source)
    assert part in fault.problem and fault.cell == source.cells[0].id


def test_pages_of_ones_own_language_are_the_same_link():
    source = notebook(text("[вики](https://ru.wikipedia.org/)", "ru"), text("[wiki](https://en.wikipedia.org/)", "en"))
    assert unlike_twins("s.ipynb", source) == []


@pytest.mark.parametrize(
    "cells",
    [
        [text("Один", "ru")],
        [text("One", "en")],
        [text("One", "en"), text("Один", "ru")],
        [text("Один", "ru"), code("1"), text("One", "en")],
        [text("Один", "ru"), code("1", "en")],
        [text("Один", "ru"), text("One", "en"), text("One", "en")],
        [text("One")],
    ],
)
def test_a_text_without_its_twin_beside_it_is_a_fault(cells):
    assert unlike_twins("s.ipynb", notebook(*cells))


def test_a_twin_with_a_grade_id_is_a_fault():
    graded = answer_cell("size", "1")
    graded.metadata["tags"] = ["ru"]
    (fault,) = unlike_twins("s.ipynb", notebook(graded, code("1", "en")))
    assert fault.cell == "size"


def graded(points=2, source="check.equal(1)", grade_id="test_size"):
    return notebook(text("…", "en"), answer_cell("size", "1"), checking_cell(grade_id, source, points))


def test_the_same_graded_cells_are_no_fault():
    assert different_graded_cells("r.ipynb", graded(), graded()) == []


@pytest.mark.parametrize(
    "other",
    [
        graded(points=1),
        graded(source="check.equal(2)"),
        graded(grade_id="test_other"),
        notebook(*graded().cells[:-1]),
        notebook(*graded().cells[::-1]),
        notebook(*graded().cells, written_answer("conclusion", "…")),
    ],
)
def test_graded_cells_that_differ_are_a_fault(other):
    assert len(different_graded_cells("r.ipynb", graded(), other)) == 1


@pytest.mark.parametrize(
    ("cell", "language"),
    [(text("Один", "ru"), "ru"), (text("One", "en"), "en"), (code("a = 'ru'", "ru"), "ru"),
     (code("# Комментарий", "ru"), "ru"), (code("# comment"), "en"), (written_answer("conclusion", "…"), "ru")],
)  # fmt: skip
def test_a_cell_in_its_language_is_no_fault(cell, language):
    assert foreign_text("r.ipynb", notebook(cell), language) == []


@pytest.mark.parametrize(
    ("cell", "language"),
    [(text("Один", "ru"), "en"), (text("One", "en"), "ru"), (text("One: один", "en"), "en"), (text("One", "ru"), "ru"),
     (code("# Комментарий"), "ru"), (code("# Комментарий"), "en"), (written_answer("conclusion", "Ответ"), "ru")],
)  # fmt: skip
def test_a_cell_in_another_language_is_a_fault(cell, language):
    (fault,) = foreign_text("r.ipynb", notebook(cell), language)
    assert fault.cell
