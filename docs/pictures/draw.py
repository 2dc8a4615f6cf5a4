"""`make pictures`: draw the pictures of the README from the real program, on example facts."""

import email
import shutil
import tempfile
import zipfile
from email.policy import default
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from portal.board.app import create_app
from tests.portal.desks import LetIn, door_of, let_in, lived_in, served

HERE = Path(__file__).parent
WIDTH = 1180
FOLD = 1500  # the board goes on below; a picture of all of it would be too small to read


def main() -> None:
    """Draw the board in English and in Arabic, an e-mail and a page of a package."""
    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    home = Path(tempfile.mkdtemp())
    board_data = lived_in(home)
    with (
        board_data.installation,
        served(create_app(board_data, door_of(board_data))) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        reader = LetIn(browser, address, let_in(board_data))
        draw(reader, f"{address}/en/", "board-en", FOLD)
        draw(reader, f"{address}/ar/", "board-ar", FOLD)
        draw(browser, letter(home).as_uri(), "email", 1000, 760)
        draw(browser, package(home).as_uri(), "package", 1100, 960)
        browser.close()
    shutil.rmtree(home)


def draw(browser: Browser | LetIn, address: str, name: str, height: int, width: int = WIDTH) -> None:
    """Draw the upper part of a page."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="light")
    page = context.new_page()
    page.goto(address)
    page.screenshot(path=HERE / f"{name}.png")
    context.close()


def letter(home: Path) -> Path:
    """Return the HTML of a message in the outbox."""
    files = sorted((home / "outbox").glob("*.eml"))
    file = next((each for each in files if "working-arrangements" in each.name), files[0])
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    body = message.get_body(("html",))
    assert body is not None  # noqa: S101 (every message has one)
    page = home / "letter.html"
    page.write_text(body.get_content(), encoding="utf-8")
    return page


def package(home: Path) -> Path:
    """Return the English page of a package."""
    (file, *_) = sorted((home / "packages").glob("*.zip"))
    with zipfile.ZipFile(file) as archive:
        name = next(each for each in archive.namelist() if each.endswith("package.en.html"))
        page = home / "package.html"
        page.write_bytes(archive.read(name))
    return page


main()
