"""The board as people see it, in a real browser: six languages, two widths, dark, on paper, by keyboard."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from portal.board.rendering import offered
from tests.portal.desks import LetIn

REVIEW = "working-arrangements-review"
CYCLE = f"{REVIEW}/since-2025-11-10"
PAGES = (
    "",
    f"obligations/{REVIEW}",
    f"cycles/{CYCLE}",
    "findings",
    "load",
    "rolls",
    "people",
    "statements",
    "health",
)
WIDTHS = (1280, 390)


@contextmanager
def seen(reader: LetIn, address: str, *, width: int = 1280, scheme=None) -> Iterator[Page]:
    """Open a page, and insist that nothing was blocked, broken or asked of anywhere else."""
    context = reader.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    yield page
    context.close()
    assert [line for line in said if "favicon" not in line and "404" not in line] == []
    assert [url for url in asked if not url.startswith(address[: address.index("/", 8)])] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", offered())
def test_the_board_fits_the_screen_in_every_language(reader, board_address, language, width):
    with seen(reader, f"{board_address}/{language}/", width=width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("getComputedStyle(document.body).direction") == (
            "rtl" if language == "ar" else "ltr"
        )
        assert page.locator("svg.timeline").is_visible()


@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("ar", "light")])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_to_complain_of(reader, board_address, language, path, scheme):
    with seen(reader, f"{board_address}/{language}/{path}", scheme=scheme) as page:
        found = Axe().run(page)
        assert [(each["id"], each["nodes"][0]["target"]) for each in found.response["violations"]] == []


@pytest.mark.parametrize("language", offered())
def test_axe_finds_nothing_on_a_narrow_board_in_any_language(reader, board_address, language):
    with seen(reader, f"{board_address}/{language}/", width=390) as page:
        found = Axe().run(page)
        assert [(each["id"], each["nodes"][0]["target"]) for each in found.response["violations"]] == []


def test_time_runs_from_right_to_left_in_arabic(reader, board_address):
    places = {}
    for language in ("en", "ar"):
        with seen(reader, f"{board_address}/{language}/") as page:
            years = page.locator("svg.timeline text.soft")
            first, last = (float(each.get_attribute("x") or 0) for each in (years.first, years.last))
            places[language] = first < last
    assert places == {"en": True, "ar": False}


def test_on_paper_there_is_what_was_found_and_nothing_to_click(reader, board_address):
    with seen(reader, f"{board_address}/en/") as page:
        page.emulate_media(media="print")
        assert not page.locator("form.search").is_visible()
        assert not page.locator("nav.rooms").is_visible()
        assert page.locator("svg.timeline").is_visible()
        assert page.locator("table").first.is_visible()
        assert page.pdf(format="A4", landscape=True).startswith(b"%PDF")


def test_everything_is_reached_by_keyboard_and_seen_to_be(reader, board_address):
    with seen(reader, f"{board_address}/en/") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        reached = []
        for _ in range(80):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
            if f"/en/obligations/{REVIEW}" in reached[-1]:
                break
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/en/obligations/{REVIEW}")
        assert any('class="search"' in each or 'id="q"' in each for each in reached)


def test_a_search_works_without_any_script(reader, board_address):
    context = reader.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{board_address}/en/")
    page.get_by_role("searchbox").fill("REV-2")
    page.get_by_role("button", name="Search").click()
    assert page.locator("tbody tr").count() == 1
    context.close()
