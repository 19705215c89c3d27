"""The instructor's hour in formgrader: autograde a student, mark conclusions by hand, write feedback, see the totals."""

from pathlib import Path
from shutil import copy

import pytest
from grading.small_course import answered, grade, hand_in, make_course
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import element_to_be_clickable, visibility_of_element_located
from selenium.webdriver.support.wait import WebDriverWait

from .lab import PATIENCE, browser, server

REPOSITORY = Path(__file__).parents[2]
WRONG_HALF = "def half(n):\n    return n"
COMMENTS = {"anna": "Well said, in **few** words.", "boris": "А где число?"}
POINTS = {"anna": "2", "boris": "0.5"}
TOTALS = {"anna": "5 / 5", "boris": "2.5 / 5"}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Anna is marked by `autograder grade`; what Boris has handed in lies there."""
    root = make_course(tmp_path_factory.mktemp("course"))
    copy(REPOSITORY / "nbgrader_config.py", root)
    hand_in(root, "anna", answered(conclusion="Twice the half is the whole."))
    hand_in(root, "boris", answered(half=WRONG_HALF, conclusion="Half of it is missing."))
    code, said = grade(root, "--student", "anna")
    assert code == 0, said
    return root


class Formgrader:
    """Formgrader's pages, used as a person does; each step leaves a picture."""

    def __init__(self, driver: Chrome, address: str, pictures: Path) -> None:
        self._driver, self._address, self._pictures = driver, f"{address}formgrader/", pictures

    def open(self, page: str) -> None:
        """Open a page, and wait for its table."""
        self._driver.get(self._address + page)
        self._wait(lambda driver: "Loading" not in driver.find_element(By.TAG_NAME, "tbody").text)

    def picture(self, name: str) -> None:
        self._driver.save_screenshot(str(self._pictures / f"{name}.png"))

    def row(self, student: str) -> str:
        """What the table says of a student, once it is there."""
        return self._seen(self._in_row(student, "")).text

    def press(self, button: str, student: str) -> str:
        """Press one of the buttons in a student's row; what the dialog then says, which is closed."""
        self._click(self._in_row(student, f"/td[contains(@class, '{button}')]/a"))
        said = self._said()
        self.picture(f"{button}-{student}")
        self._click("//div[contains(@class, 'modal-footer')]//button")
        WebDriverWait(self._driver, PATIENCE).until_not(lambda driver: driver.find_elements(By.CLASS_NAME, "modal"))
        return said

    def _said(self) -> str:
        """What the dialog says, once all of it is there: the log comes last."""
        body = self._seen("//div[contains(@class, 'modal-body')]")
        self._wait(lambda _driver: "\nLog" in body.text)
        return body.text

    def open_notebook_of(self, student: str) -> None:
        """By the links in the tables, from the class to the notebook."""
        self._click(self._in_row(student, "/td[contains(@class, 'student-name')]/a"))
        self._click("//td[contains(@class, 'name')]/a[. = 'sums']")
        self._wait(lambda driver: driver.find_element(By.ID, "test_double").get_attribute("placeholder") == "2")

    def write(self, box: str, text: str) -> None:
        """Fill a box of the notebook's page and leave it, which saves it."""
        self._driver.find_element(By.ID, box).send_keys(text + Keys.TAB)
        self._wait(lambda driver: driver.execute_script("return jQuery.active === 0"))

    def written(self, box: str) -> str | None:
        """What stands in a box, once the page has loaded it."""
        self._wait(lambda driver: driver.find_element(By.ID, box).get_attribute("value"))
        return self._driver.find_element(By.ID, box).get_attribute("value")

    def _in_row(self, student: str, rest: str) -> str:
        return f"//tr[td[. = '{student}']]{rest}"

    def _seen(self, xpath: str) -> WebElement:
        return WebDriverWait(self._driver, PATIENCE).until(visibility_of_element_located((By.XPATH, xpath)))

    def _click(self, xpath: str) -> None:
        WebDriverWait(self._driver, PATIENCE).until(element_to_be_clickable((By.XPATH, xpath))).click()

    def _wait(self, condition) -> None:
        WebDriverWait(self._driver, PATIENCE).until(condition)


def test_the_hour_of_an_instructor(course, programs, tmp_path):
    with server(course, tmp_path / "home") as address, browser(*programs, tmp_path / "profile") as driver:
        formgrader = Formgrader(driver, address, tmp_path)
        submissions = "manage_submissions/sums"
        formgrader.open(submissions)
        assert "needs manual grading" in formgrader.row("anna")
        assert "needs autograding" in formgrader.row("boris")
        assert "Successfully autograded" in formgrader.press("autograde", "boris")
        assert "needs manual grading" in formgrader.row("boris") and "2 / 5" in formgrader.row("boris")
        for student in ("anna", "boris"):
            formgrader.open(submissions)
            formgrader.open_notebook_of(student)
            formgrader.write("conclusion", POINTS[student])
            formgrader.write("conclusion-comment", COMMENTS[student])
            driver.refresh()
            assert formgrader.written("conclusion") == POINTS[student]
            assert formgrader.written("conclusion-comment") == COMMENTS[student]
            formgrader.picture(f"notebook-{student}")
        formgrader.open(submissions)
        for student, total in TOTALS.items():
            assert "graded" in formgrader.row(student) and total in formgrader.row(student)
            assert "Successfully generated feedback" in formgrader.press("generate-feedback", student)
        formgrader.picture("submissions")
        formgrader.open("manage_students")
        assert [formgrader.row(student).endswith(total) for student, total in TOTALS.items()] == [True, True]
        formgrader.picture("totals")
        driver.get((course / "feedback" / "boris" / "sums" / "sums.html").as_uri())
        formgrader.picture("feedback-boris")
        said = driver.find_element(By.TAG_NAME, "body").text
        assert COMMENTS["boris"] in said and "2.5 of 5" in said and "answer.half(5)" not in said
