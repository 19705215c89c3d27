"""The programs that all tests in a browser need."""

import os
from shutil import which

import pytest


@pytest.fixture(scope="module")
def programs() -> tuple[str, str]:
    """Where Chromium and its driver are."""
    chromium, chromedriver = which(os.environ.get("CHROME_BIN", "chromium")), which("chromedriver")
    if chromium is None or chromedriver is None:
        pytest.skip(f"no {'chromedriver' if chromium else 'chromium'} on this machine")
    return chromium, chromedriver
