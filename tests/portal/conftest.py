"""A board with something on it, served for real, and a browser."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

from portal.app import create_app
from portal.desk import Desk
from tests.portal.desks import lived_in, served

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = lived_in(tmp_path_factory.mktemp("board"))
    with made.workplace:
        yield made


@pytest.fixture(scope="session")
def board_address(desk: Desk) -> Iterator[str]:
    """Where the board is served."""
    with served(create_app(desk, hosts=["127.0.0.1"])) as found:
        yield found


@pytest.fixture(scope="session")
def client(board_address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=board_address, trust_env=False) as made:
        yield made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None) or installed_browser()
    with sync_playwright() as playwright:
        # A browser that runs as root has no sandbox to go into.
        without = ["--no-sandbox"] if os.geteuid() == 0 else []
        opened = playwright.chromium.launch(executable_path=found, args=without)
        yield opened
        opened.close()


def installed_browser() -> str:
    """Install Debian's Chromium, which only root can; say so where it cannot be done."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for words in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "--quiet", *words], check=False, capture_output=True, timeout=600)
    found = shutil.which("chromium")
    if found is None:
        pytest.fail(f"these tests look with a real browser: install one of {', '.join(BROWSERS)}")
    return found
