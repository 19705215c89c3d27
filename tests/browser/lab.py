"""JupyterLab as a student has it on the screen: a server on this machine, and a notebook in Chromium."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    NoSuchElementException,
    StaleElementReferenceException,
)
from selenium.webdriver import ActionChains, Chrome, ChromeOptions, ChromeService, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import element_to_be_clickable, visibility_of_element_located
from selenium.webdriver.support.wait import WebDriverWait

PATIENCE = 120  # seconds: the machine may be busy with other tests
OF_THIS_MACHINE = ("IPYTHON", "JUPYTER", "MPL", "XDG_")  # what variables start with that lead to someone's settings
NO_NEWS = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
CODE_CELLS = """
return Array.from(document.querySelectorAll(".jp-Notebook .jp-CodeCell"), cell => {
    const all = selector => Array.from(cell.querySelectorAll(selector));
    const text = selector => all(selector).map(node => node.textContent).join("\\n");
    return {
        prompt: text(".jp-InputPrompt"),
        source: text(".cm-line"),
        output: text(".jp-OutputArea-output"),
        error: text("[data-mime-type='application/vnd.jupyter.stderr']"),  // so are errors shown
        figures: all(".jp-OutputArea-output img").filter(image => image.naturalWidth > 0).length,
    };
});
"""


@dataclass(frozen=True)
class CodeCell:
    """What a code cell shows."""

    prompt: str
    source: str
    output: str
    error: str  # what stands there in red
    figures: int


@contextmanager
def server(folder: Path, home: Path) -> Iterator[str]:
    """The address of JupyterLab that serves a folder and knows no settings but its own."""
    config, runtime = home / "config", home / "runtime"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OF_THIS_MACHINE)}
    environment |= {"HOME": str(home), "JUPYTER_RUNTIME_DIR": str(runtime)}
    environment |= {"JUPYTER_CONFIG_DIR": str(config), "JUPYTER_DATA_DIR": str(home / "data")}
    (config / "labconfig").mkdir(parents=True)
    (config / "labconfig" / "page_config.json").write_text(json.dumps(NO_NEWS))
    # Else Matplotlib would do it in a cell, and say so in red if it takes long.
    subprocess.run([sys.executable, "-c", "import matplotlib.font_manager"], env=environment, check=True)
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"]
    command += ["--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", "--IdentityProvider.token="]
    with (home / "server.log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        yield WebDriverWait(process, PATIENCE).until(lambda process: _address(process, runtime))
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _address(process: subprocess.Popen[bytes], runtime: Path) -> str | None:
    """Where the server listens, once it has told so in a file."""
    assert process.poll() is None, "JupyterLab has ended: see server.log"
    told = runtime / f"jpserver-{process.pid}.json"
    return json.loads(told.read_text())["url"] if told.exists() and told.read_text().endswith("}") else None


@contextmanager
def browser(chromium: str, chromedriver: str, profile: Path) -> Iterator[Chrome]:
    """Headless Chromium with a profile of its own."""
    options = ChromeOptions()
    options.binary_location = chromium
    for switch in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "no-first-run",
                   "disable-background-networking", "window-size=1400,1200", f"user-data-dir={profile}"):  # fmt: skip
        options.add_argument(f"--{switch}")
    driver = Chrome(options, ChromeService(chromedriver))
    try:
        yield driver
    finally:
        driver.quit()


class Notebook:
    """A notebook that is open in JupyterLab."""

    def __init__(self, driver: Chrome, address: str, folder: Path, path: str) -> None:
        """Open it, and wait for all of its cells and its kernel."""
        self._driver = driver
        driver.get(f"{address}lab/tree/{path}?reset")
        written = json.loads((folder / path).read_text("utf-8"))["cells"]
        code_cells = sum(cell["cell_type"] == "code" for cell in written)
        self.wait(lambda self: len(self.cells) == code_cells)
        self._seen(".jp-Notebook-ExecutionIndicator[data-status='idle']")

    @property
    def cells(self) -> list[CodeCell]:
        return [CodeCell(**cell) for cell in self._driver.execute_script(CODE_CELLS)]

    def cell(self, words: str) -> CodeCell:
        """The one cell whose source has these words."""
        (cell,) = (cell for cell in self.cells if words in cell.source)
        return cell

    def wait(self, condition: Callable[["Notebook"], bool]) -> None:
        WebDriverWait(self._driver, PATIENCE).until(lambda _driver: condition(self))

    def choose(self, menu: str, item: str) -> None:
        """Click an item of the menu bar."""
        self._click(f"//*[contains(@class, 'lm-MenuBar-itemLabel')][. = '{menu}']")
        self._click(f"//*[contains(@class, 'lm-Menu-itemLabel')][. = '{item}']")

    def write_over(self, words: str, old: str, *lines: str) -> None:
        """Type lines in place of the one with `old`, indented as it was, in the cell whose source has these words."""
        cell = f"//*[contains(@class, 'cm-content')][contains(., '{words}')]"
        self._click(f"{cell}//*[contains(@class, 'cm-line')][contains(., '{old}')]")
        keys = ActionChains(self._driver).send_keys(Keys.END)
        keys.key_down(Keys.SHIFT).send_keys(Keys.HOME).key_up(Keys.SHIFT).send_keys(Keys.ENTER.join(lines)).perform()
        self.wait(lambda self: {*lines} <= {line.strip() for line in self.cell(words).source.splitlines()})

    def run_and_advance(self, times: int) -> None:
        """Press Shift+Enter: each time, the cell runs and the next one is chosen."""
        for _time in range(times):
            ActionChains(self._driver).key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(Keys.SHIFT).perform()

    def slide(self, name: str) -> None:
        """Move the first slider of that name by one step, and wait until its picture is redrawn."""
        slider = f"(//*[contains(@class, 'widget-slider')][label[. = '{name}']])[1]"
        find = self._driver.find_element
        picture = find(By.XPATH, f"{slider}/ancestor::*[contains(@class, 'widget-vbox')][1]//img")
        before = picture.get_attribute("src")
        find(By.XPATH, f"{slider}//*[contains(@class, 'noUi-handle')]").send_keys(Keys.ARROW_RIGHT)
        self.wait(lambda _self: picture.get_attribute("src") != before and bool(picture.get_property("naturalWidth")))

    def validate(self) -> str:
        """Press nbgrader's button, and read its dialog, which is closed."""
        self._click("//*[contains(@class, 'validate-button')]//*[. = 'Validate']")
        said = self._seen(".jp-Dialog-content")
        self._click("//*[contains(@class, 'jp-Dialog-footer')]//button")
        return said

    def _click(self, xpath: str) -> None:
        """Click once nothing lies over it: a page that is still being set moves."""

        def clicked(driver: Chrome) -> bool:
            if element := element_to_be_clickable((By.XPATH, xpath))(driver):
                driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
                element.click()
            return bool(element)

        moved = [ElementClickInterceptedException, NoSuchElementException, StaleElementReferenceException]
        WebDriverWait(self._driver, PATIENCE, ignored_exceptions=moved).until(clicked)

    def _seen(self, selector: str) -> str:
        condition = visibility_of_element_located((By.CSS_SELECTOR, selector))
        return WebDriverWait(self._driver, PATIENCE).until(condition).text
