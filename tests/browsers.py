"""A real browser to look with."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def opened() -> Iterator[Browser]:
    """Open the browser of this machine, and close it."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None) or installed_browser()
    with sync_playwright() as playwright:
        # A browser that runs as root has no sandbox to go into.
        without = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=found, args=without)
        yield browser
        browser.close()


def installed_browser() -> str:
    """Install Debian's Chromium, which only root can; say so where it cannot be done."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for words in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "--quiet", *words], check=False, capture_output=True)
    found = shutil.which("chromium")
    if found is None:
        pytest.fail(f"these tests look with a real browser: install one of {', '.join(BROWSERS)}")
    return found
