"""The page that a student gets back, made by nbgrader's own command and read by an HTML parser."""

import os
import re
import signal
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import datetime
from functools import partial
from pathlib import Path
from shutil import copy
from typing import Any
from xml.etree import ElementTree

import nbformat
import pytest
from course.made_notebooks import answer_cell, checking_cell, code, notebook, text, written_answer
from grading.payloads import HTML, MARKDOWN, OUTPUTS
from grading.small_course import hand_in, write
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback

from autograder.classroom.due import set_due_date
from autograder.classroom.feedback import fragments, making
from autograder.classroom.feedback.basis import NOTED
from autograder.classroom.feedback.formulas import TAGS as OF_FORMULAS
from autograder.classroom.feedback.formulas import mathml
from autograder.classroom.feedback.making import Made, make_pages
from autograder.classroom.feedback_zip import pack_feedback
from autograder.classroom.filling import Left
from autograder.classroom.late import follow_dates
from autograder.faults import CourseFault
from autograder.grading import Course, carry_out, open_course, plan
from autograder.grading.gradebook import open_gradebook
from autograder.grading.markup import TAGS
from autograder.kinds import ExportKind, FaultKind
from autograder.process.warm import Zygote
from classroom.page_reader import Page

REPOSITORY = Path(__file__).parents[2]
COURSES = sorted([*REPOSITORY.glob("source/*/*.ipynb"), *REPOSITORY.glob("notebooks/*.ipynb")])
TEST = """
check.output_size(answer.size, sizes=(32,), kernel_sizes=(3,), strides=(2,), paddings=(0,), dilations=(1,))
### BEGIN HIDDEN TESTS
check.output_size(answer.size, sizes=range(40, 60), kernel_sizes=range(2, 5), samples=37)
### END HIDDEN TESTS
"""
WRONG = "def size(size, kernel_size, stride=1, padding=0, dilation=1):\n    return 15"
RIGHT = WRONG.replace("15", "(size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1")
NET = """
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, kernel_size={}, stride=2)

    def forward(self, x):
        return self.conv(x)
"""
COMMENT = "Why? $\\frac{n}{2}$ <script>alert(1)</script>"


STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
SOLUTION = "### BEGIN SOLUTION\n{}\n### END SOLUTION"
SOURCE = notebook(
    text("# Размеры", "ru"), text("# Sizes", "en"),
    code('from autograder.checks import notebook\n\nanswer, check = notebook("ru")', "ru"),
    code('from autograder.checks import notebook\n\nanswer, check = notebook("en")', "en"),
    text("## 1. Формула\n\n$$\\left\\lfloor\\frac{n}{s}\\right\\rfloor$$", "ru"),
    text("## 1. A formula\n\n$$\\left\\lfloor\\frac{n}{s}\\right\\rfloor$$", "en"),
    answer_cell("size", SOLUTION.format(RIGHT)), checking_cell("test_size", TEST, 3),
    text("## 2. Ещё", "ru"), text("## 2. More", "en"),
    answer_cell("more", SOLUTION.format("more = 1")), checking_cell("test_more", "assert answer.more == 1", 2),
    text("## 3. Сеть", "ru"), text("## 3. A network", "en"),
    answer_cell("net", SOLUTION.format(NET.format(2))),
    checking_cell("test_net", "check.output_shape(answer.Net, (4, 16, 16))", 1),
    text("## 4. Вывод", "ru"), text("## 4. Conclusion", "en"),
    written_answer("conclusion", "### BEGIN SOLUTION\n### END SOLUTION"),
)  # fmt: skip


def submission(language: str, size: str, net: str, conclusion: str = "✍ …") -> NotebookNode:
    """The notebook of a language as it is handed in, with these answers."""
    other = {"ru": "en", "en": "ru"}[language]
    handed_in = deepcopy(SOURCE)
    handed_in.cells = [cell for cell in handed_in.cells if other not in cell.metadata.get("tags", [])]
    answers = {"size": size, "more": STUB, "net": net, "conclusion": conclusion}
    for cell in handed_in.cells:
        cell.source = answers.get(cell.id, cell.source)
    return handed_in


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, zygote: Zygote) -> Iterator[Course]:
    """Two who were marked, of whom anna was late and has a comment from her instructor."""
    root = tmp_path_factory.mktemp("course")
    copy(REPOSITORY / "nbgrader_config.py", root)
    write(SOURCE, root / "source" / "sums" / "sums.ipynb")
    hand_in(root, "anna", submission("ru", WRONG, NET.format(3), "Мой вывод: ![x](http://elsewhere.example/x.png)"))
    hand_in(root, "anna", "2026-11-07 10:00:00 UTC", name="timestamp.txt")
    hand_in(root, "bob", submission("en", RIGHT, NET.format(2)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("JUPYTER_NO_CONFIG", "1")
        course = open_course(root)
        assert all(result.marks for result in carry_out(plan(course.assignment("sums")), zygote))
        with open_gradebook(course) as gradebook:
            gradebook.find_grade("conclusion", "sums", "sums", "anna").manual_score = 1.5
            gradebook.find_grade("conclusion", "sums", "sums", "anna").needs_manual_grade = False
            gradebook.find_comment("conclusion", "sums", "sums", "anna").manual_comment = COMMENT
            set_due_date(gradebook, "sums", datetime(2026, 11, 5, 15))
            follow_dates(course, gradebook, "sums")
        GenerateFeedback(coursedir=course.directory(assignment_id="sums"), config=course.config).start()
        yield course


def written(course: Course, student: str) -> str:
    return (course.root / "feedback" / student / "sums" / "sums.html").read_text("utf-8")


@pytest.fixture(params=["anna", "bob"])
def student(request: pytest.FixtureRequest) -> str:
    return request.param


def test_the_page_is_whole_runs_nothing_and_fetches_nothing(course, student):
    page = Page(written(course, student))

    assert page.inside == []
    assert not {tag for tag, _attributes in page.elements} & {"script", "link", "iframe", "base", "form", "object"}
    assert all(value.startswith("data:image/") for value in page.values("src"))
    assert not [name for _tag, attributes in page.elements for name in attributes if name.startswith("on")]
    ids = list(page.values("id"))
    assert len(set(ids)) == len(ids)
    links = list(page.values("href"))  # one that leaves the page is a student's, and is followed by a click alone
    assert {link.removeprefix("#") for link in links if link.startswith("#")} <= set(ids)
    assert all(link.startswith(("#", "http://elsewhere.example/")) for link in links)
    (policy,) = (each["content"] for tag, each in page.elements if tag == "meta" and "http-equiv" in each)
    assert "default-src 'none'; img-src data:; style-src 'sha256-" in policy and "unsafe" not in policy


def test_totals_are_nbgraders_own_and_lateness_is_told(course):
    with Gradebook(course.db_url) as gradebook:
        for name in ("anna", "bob"):
            stored = gradebook.find_submission("sums", name)
            mark = stored.score - stored.late_submission_penalty
            shown = re.search(r"(?:mark|оценка) ([\d.,]+) (?:of|из) 8", Page(written(course, name)).text)
            assert float(shown[1].replace(",", ".")) == pytest.approx(mark)
        assert gradebook.find_submission("sums", "anna").late_submission_penalty > 0
    anna = Page(written(course, "anna")).text
    assert "за опоздание −0,3" in anna and "Опоздание: 1 д 19:00." in anna


def contents(course: Course) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted((course.root / "feedback").rglob("*")) if path.is_file()}


def test_the_pages_of_a_class_are_those_of_nbgraders_command(course):
    by_nbgrader = contents(course)
    assert make_pages(course.assignment("sums"), jobs=2) == Made((), ("anna", "bob"), {})
    assert make_pages(course.assignment("sums"), jobs=2, force=True) == Made(("anna", "bob"), (), {})
    assert contents(course) == by_nbgrader


@contextmanager
def stored(course: Course, find: Callable[[Gradebook], Any], field: str, value: Any) -> Iterator[None]:
    """The course while its gradebook has another value for something."""

    def change_to(new: Any) -> Any:
        with open_gradebook(course) as gradebook:
            entry = find(gradebook)
            before = getattr(entry, field)
            setattr(entry, field, new)
            gradebook.db.commit()
            return before

    before = change_to(value)
    yield
    change_to(before)


@contextmanager
def edited(course: Course, path: str) -> Iterator[None]:
    """The course while a file of it says something else."""
    file = course.root / path
    before = file.read_text("utf-8")
    file.write_text(before.replace("Формула", "Формулы") + "\n", "utf-8")
    yield
    file.write_text(before, "utf-8")


@contextmanager
def added(course: Course, path: str) -> Iterator[None]:
    """The course while it has a file more."""
    (course.root / path).write_bytes(b"")
    yield
    (course.root / path).unlink()


CONCLUSION = ("conclusion", "sums", "sums", "anna")


@pytest.mark.parametrize(
    ("change", "new"),
    [
        (
            partial(stored, find=lambda book: book.find_comment(*CONCLUSION), field="manual_comment", value="!"),
            ["anna"],
        ),
        (partial(stored, find=lambda book: book.find_grade(*CONCLUSION), field="manual_score", value=2), ["anna"]),
        (partial(stored, find=lambda book: book.find_student("anna"), field="last_name", value="Ivanova"), ["anna"]),
        (partial(edited, path="autograded/anna/sums/sums.ipynb"), ["anna"]),
        (partial(added, path="autograded/bob/sums/picture.png"), ["bob"]),
        (partial(edited, path="source/sums/sums.ipynb"), ["anna", "bob"]),
    ],
)
def test_only_pages_that_would_be_others_are_made_and_the_zip_tells_whose_are_old(course, change, new):
    assignment, prefixes = course.assignment("sums"), {"anna": "Анна_1_", "bob": "Bob_2_"}
    with change(course):
        assert pack_feedback(assignment, prefixes)[1] == [Left(ExportKind.OLD_FEEDBACK, each) for each in new]
        assert list(make_pages(assignment, jobs=1).made) == new
        assert pack_feedback(assignment, prefixes)[1] == []
    assert list(make_pages(assignment, jobs=1).made) == new


def test_a_page_that_can_not_be_made_costs_nobody_elses(course):
    notebook = course.root / "autograded" / "anna" / "sums" / "sums.ipynb"
    before = notebook.read_bytes()
    notebook.write_text("no notebook")
    made = make_pages(course.assignment("sums"), jobs=1, force=True)
    assert made.made == ("bob",) and "NotJSONError" in made.failed["anna"]
    notebook.write_bytes(before)
    assert make_pages(course.assignment("sums"), jobs=1) == Made(("anna",), ("bob",), {})


def killed(*_given):
    os.kill(os.getpid(), signal.SIGKILL)


def test_whose_pages_were_made_by_a_process_that_is_killed_is_named(course, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(making, "_make", killed)
        made = make_pages(course.assignment("sums"), jobs=2, force=True)
    assert made.made == () and sorted(made.failed) == ["anna", "bob"]
    assert all("terminated abruptly" in error for error in made.failed.values())
    assert make_pages(course.assignment("sums"), jobs=2, force=True).made == ("anna", "bob")


def test_pages_of_nobody_and_of_a_stranger_are_a_fault(course):
    with pytest.raises(CourseFault) as stranger:
        make_pages(course.assignment("sums"), jobs=1, student="boris")
    assert (stranger.value.fault, stranger.value.details["known"]) == (FaultKind.UNKNOWN_STUDENT, "anna, bob")
    assert make_pages(course.assignment("sums"), jobs=1, student="bob", force=True).made == ("bob",)


def test_the_page_speaks_the_students_language(course):
    russian, english = Page(written(course, "anna")), Page(written(course, "bob"))

    assert next(russian.values("lang")) == "ru" and next(english.values("lang")) == "en"
    assert "Что исправить" in russian.text and "Комментарий преподавателя" in russian.text
    assert "ожидалось" in russian.text and "Размеры" in russian.text and "Sizes" not in russian.text
    assert "Not answered." in english.text and "agrees with PyTorch" in english.text and "Размеры" not in english.text


def test_hidden_tests_and_what_they_were_given_are_nowhere(course, student):
    page = written(course, student)

    assert "kernel_sizes" in Page(page).text  # of the visible test
    assert "HIDDEN" not in page and "37" not in NOTED.sub(b"", page.encode()).decode() and "samples" not in page


def test_it_begins_with_what_to_mend_and_the_rest_is_folded(course):
    def is_open(page: Page) -> list[bool]:
        tasks = [
            place for place, (_tag, each) in enumerate(page.elements) if "task" in (each.get("class") or "").split()
        ]
        return ["open" in page.elements[place + 1][1] for place in tasks]

    anna, bob = Page(written(course, "anna")), Page(written(course, "bob"))
    assert is_open(anna) == [False, True, False, True, True]  # what was wrong, and what has a comment
    assert is_open(bob) == [False, False, False, False, False]
    assert "#check-test_size" in anna.values("href") and "#check-test_size" not in bob.values("href")
    assert "#check-test_more" not in anna.values("href")  # one that was not answered is told as that


def test_a_plain_course_is_spoken_of_in_its_own_words(tmp_path, zygote, monkeypatch):
    """One whose notebook is a task under one heading, and whose tests are asserts."""
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    plain = notebook(
        text("# Numbers\n\nWrite it."), answer_cell("double", ""), checking_cell("test_double", "assert double(2) == 4", 3),
    )  # fmt: skip
    answers = {"source": SOLUTION.format("double = 2 .__mul__"), "empty": STUB, "broken": "def double(n)\n    return n"}
    for student, answer in answers.items():
        handed_in = deepcopy(plain)
        handed_in.cells[1].source = answer
        folder = tmp_path / ("source/sums" if student == "source" else f"submitted/{student}/sums")
        write(handed_in, folder / "sums.ipynb")
    course = open_course(tmp_path)
    assert all(result.marks for result in carry_out(plan(course.assignment("sums")), zygote))
    make_pages(course.assignment("sums"), jobs=1)

    empty, broken = (Page(written(course, student)).text for student in ("empty", "broken"))

    for page in (empty, broken):
        assert "Before the tasks" not in page and page.count("Numbers") == 3
    assert "Not answered." in empty and "NotImplementedError" not in empty.partition("The code of the check")[0]
    assert broken.count("✗ Cell double has a syntax error in line 1: expected ':'.") == 2


def test_a_message_has_its_picture(course):
    (drawing,) = Page(written(course, "anna")).values("src")
    svg = b64decode(drawing.removeprefix("data:image/svg+xml;base64,")).decode()

    assert "4×15×15" in "".join(ElementTree.fromstring(svg).itertext())
    assert not list(Page(written(course, "bob")).values("src"))


def test_what_the_instructor_wrote_is_shown_and_is_harmless(course):
    page = Page(written(course, "anna"))

    assert "Why?" in page.text and "alert" not in page.text
    assert "mfrac" in {tag for tag, _attributes in page.elements}


@pytest.mark.parametrize("path", COURSES, ids=lambda path: path.stem)
def test_each_formula_of_the_course_is_set(path):
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    pages = [Page(f"<div>{fragments.markdown(cell.source)}</div>") for cell in cells]

    assert any(tag == "math" for page in pages for tag, _attributes in page.elements)
    for page in pages:
        shown = [said for said in page.texts_outside("code", "pre") if "$" in said or "\\" in said]
        assert shown == []


@pytest.mark.parametrize("tex", [r"\left( x", "{" * 1000 + "}" * 1000, "x" * 5000, ""])
def test_what_is_no_formula_is_shown_as_it_was_written(tex):
    assert mathml(tex, display=False) == f"<code>{tex}</code>"


@pytest.mark.parametrize(
    "fragment",
    [
        *map(fragments.markdown, MARKDOWN.values()),
        *map(fragments.markdown, HTML.values()),
        *[fragments.output(new_output("display_data", data), "a picture") for data in OUTPUTS.values()],
        fragments.output(new_output("stream", text="</pre><script>alert(1)</script>"), "a picture"),
    ],
)
def test_a_fragment_runs_nothing_and_fetches_nothing_even_without_the_cleaning(fragment):
    page = Page(f"<div>{fragment}</div>")

    assert page.inside == []
    assert {tag for tag, _attributes in page.elements} <= TAGS | OF_FORMULAS
    for _tag, attributes in page.elements:
        assert not {"style", "id", "name", "srcset"} & attributes.keys()
        assert not [name for name in attributes if name.startswith("on")]
    assert all(value.startswith("data:image/") for value in page.values("src"))
    assert not [link for link in page.values("href") if not link.startswith(("https://", "http://", "mailto:", "#"))]


def test_of_files_beside_a_notebook_pictures_alone_are_taken_into_the_page(tmp_path):
    folder = tmp_path / "work"
    (folder / "plots").mkdir(parents=True)
    (folder / "plots" / "a.png").write_bytes(b"picture")
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "notes.txt").write_text("text")

    def sources(address: str) -> list[str]:
        return list(Page(f"<div>{fragments.markdown(f'![x]({address})', None, folder)}</div>").values("src"))

    assert sources("plots/a.png") == ["data:image/png;base64,cGljdHVyZQ=="]
    assert sources("../secret.png") == sources("link.png") == sources("notes.txt") == sources("missing.png") == []
