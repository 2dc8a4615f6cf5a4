"""The board as files: everything it links to is there, and works from a folder."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from portal.board.data import BoardData
from portal.board.writing import file_of, write_board


@pytest.fixture(scope="module")
def folder(board_data: BoardData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("static")
    told: list[tuple[int, int]] = []
    count = write_board(board_data, into, lambda done, of: told.append((done, of)))
    assert told[-1] == (count, count)
    return into


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/en/", "en/index.html"),
        ("/en/?state=open", "en/index-51f8b95d16.html"),
        ("/ar/obligations/annual-meeting", "ar/obligations/annual-meeting.html"),
        ("/packages/a.v1.zip", "packages/a.v1.zip"),
    ],
)
def test_every_address_has_a_file_of_its_own(address, file):
    assert re.sub("-[0-9a-f]{10}", "-x", file_of(address)) == re.sub("-[0-9a-f]{10}", "-x", file)


def test_every_link_leads_to_a_file_that_is_there(folder: Path):
    pages = list(folder.rglob("*.html"))
    broken = {
        (str(page), link)
        for page in pages
        for link in re.findall(r'href="([^"#]+)"', page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    }
    assert len(pages) > 50
    assert broken == set()


def test_what_needs_a_server_is_left_out(folder: Path):
    assert "<form" not in (folder / "en" / "index.html").read_text(encoding="utf-8")


def test_the_files_open_in_a_browser_from_the_folder(browser: Browser, folder: Path):
    page = browser.new_page()
    page.goto((folder / "en" / "index.html").as_uri())
    page.get_by_role("link", name="Review of the working arrangements", exact=True).first.click()
    assert page.locator("h1").inner_text() == "Review of the working arrangements"
    assert page.evaluate("getComputedStyle(document.querySelector('.says')).borderInlineStartWidth") == "4px"
    page.close()
