"""Who looks at a hostile notebook, with formgrader, JupyterLab or feedback, runs nothing of it and fetches nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.support.expected_conditions import element_to_be_clickable, visibility_of_element_located
from selenium.webdriver.support.wait import WebDriverWait

from .canary import Canary, canary, ran, watch
from .hostile_course import ATTACKS, NOTEBOOK, STUDENT, marked_course, trust, uncleaned
from .lab import PATIENCE, Notebook, browser, server

PAGES = [
    "manage_assignments", "manage_submissions/sums", "gradebook", "gradebook/sums", "gradebook/sums/sums",
    "manage_students", f"manage_students/{STUDENT}", f"manage_students/{STUDENT}/sums",
]  # fmt: skip


@pytest.fixture(scope="module")
def bird() -> Iterator[Canary]:
    with canary() as bird:
        yield bird


@pytest.fixture(scope="module")
def marked(programs: tuple[str, str], bird: Canary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return marked_course(tmp_path_factory.mktemp("marked"), bird.address)


def test_nothing_of_a_hostile_notebook_runs_or_fetches(marked, bird, programs, tmp_path):
    trust(marked, tmp_path)
    with server(marked, tmp_path) as address, browser(*programs, tmp_path / "profile") as driver:
        watch(driver)
        for page in [*PAGES, submission(marked)]:
            assert looked_at(driver, f"{address}formgrader/{page}") == [], page
        use_formgrader(driver)
        assert looked_at(driver, feedback(marked)) == []
        Notebook(driver, address, marked, NOTEBOOK)
        WebDriverWait(driver, PATIENCE).until(all_texts_are_shown)
        assert ran(driver) == []
    assert bird.asked == []
    assert list(marked.glob("ran-*")) == []


@pytest.mark.parametrize(
    "has_policy", [pytest.param(each, marks=pytest.mark.sampled(one_in=2)) for each in (False, True)]
)
def test_without_the_cleaning_attacks_run_and_fetch_but_for_the_policy(marked, bird, programs, tmp_path, has_policy):
    course = uncleaned(marked, tmp_path / "course", bird.address, configured=has_policy)
    with server(course, tmp_path / "home") as address, browser(*programs, tmp_path / "profile") as driver:
        watch(driver)
        wait = WebDriverWait(driver, PATIENCE)
        for page in (f"{address}formgrader/{submission(course)}", feedback(course)):
            bird.asked.clear()
            if has_policy:
                assert looked_at(driver, page) == []
                others = {f"/{number}.png" for number, name in enumerate(ATTACKS) if name.endswith("other page")}
                assert set(bird.asked) <= others  # a policy does not keep a page from being left for another one
            else:
                driver.get(page)
                wait.until(lambda driver: len(ran(driver)) >= 20)
                wait.until(lambda _driver: len(set(bird.asked)) >= 8)
        assert has_policy or wait.until(lambda _driver: len(list(course.glob("ran-*"))) >= 10)
    bird.asked.clear()


def use_formgrader(driver: Chrome) -> None:
    """Its own scripts do run: they fill in points, and show the student's name when one clicks on the eye."""
    wait = WebDriverWait(driver, PATIENCE)
    wait.until(lambda driver: driver.find_element("id", "test_double").get_attribute("placeholder") == "2")
    wait.until(element_to_be_clickable(("css selector", ".glyphicon-eye-open"))).click()
    wait.until(visibility_of_element_located(("css selector", "a.name-shown")))


def looked_at(driver: Chrome, page: str) -> list[str]:
    """The attacks that ran when somebody looked at a page, and clicked on everything."""
    driver.get(page)
    return [ATTACKS[int(number)] for number in ran(driver)]


def submission(course: Path) -> str:
    """Formgrader's page of the one submission."""
    with closing(sqlite3.connect(course / "gradebook.db")) as gradebook:
        (name,) = gradebook.execute("select id from submitted_notebook").fetchone()
    return f"submissions/{name}/"


def feedback(course: Path) -> str:
    return (course / "feedback" / STUDENT / "sums" / "sums.html").as_uri()


def all_texts_are_shown(driver: Chrome) -> bool:
    count = "return document.querySelectorAll(arguments[0]).length"
    cells, shown = (
        driver.execute_script(count, f".jp-Notebook {each}") for each in (".jp-MarkdownCell", ".jp-RenderedMarkdown")
    )
    return cells > 0 and shown >= cells
