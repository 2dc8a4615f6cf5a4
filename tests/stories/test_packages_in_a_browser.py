"""The page of a package as reviewers see it, in a real browser: two widths, dark, and on paper."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from input_packages.documents import document
from input_packages.pages import page as written
from tests.input_packages.examples import FULL

LANGUAGES = FULL.languages


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where the package with everything in it lies, in each language."""
    folder = tmp_path_factory.mktemp("package")
    files = {language: folder / f"{language}.html" for language in LANGUAGES}
    for language, file in files.items():
        file.write_bytes(written(document(FULL, language)))
    return {language: file.as_uri() for language, file in files.items()}


@contextmanager
def seen(browser: Browser, address: str, *, width: int = 1280, scheme=None) -> Iterator[Page]:
    """Open a page, and insist that it asked for nothing but itself."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    yield page
    context.close()
    assert asked == [address]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_the_screen_in_every_language(browser, addresses, language, width):
    with seen(browser, addresses[language], width=width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("ar", "light"), ("zh", "light")])
def test_axe_finds_nothing_to_complain_of(browser, addresses, language, scheme):
    for width in (1280, 390):
        with seen(browser, addresses[language], width=width, scheme=scheme) as page:
            found = Axe().run(page)
            assert [(each["id"], each["nodes"][0]["target"]) for each in found.response["violations"]] == []


def test_on_paper_no_heading_is_left_behind_and_there_is_nothing_to_click(browser, addresses):
    with seen(browser, addresses["ar"]) as page:
        page.emulate_media(media="print")
        assert not page.locator("nav").is_visible()
        after = "found => found.map(each => getComputedStyle(each).breakAfter)"
        assert set(page.locator("h2, h3, caption").evaluate_all(after)) == {"avoid"}
        assert page.pdf(format="A4").startswith(b"%PDF")
