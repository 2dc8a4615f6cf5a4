"""Nobody reads the board but who was let in, whichever way they try; and who was let in, reads all of it."""

import re
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from portal.board.app import create_app
from portal.board.data import BoardData
from portal.board.door import Door
from portal.board.rendering import offered
from records.database import writing
from records.feeds import FeedGrant, digest_of, grant_feed
from records.passes import PassKind, end_passes
from tasks.operations.letting_in import LASTS, give
from tests.installations import TODAY, at
from tests.portal.desks import LetIn, door_of, let_in, lived_in, served

REVIEW = "working-arrangements-review"
OF_THE_RECORD = ("Review of the working arrangements", REVIEW, "annual-meeting", "overdue", "2025-11-10")
PATHS = (
    "/",
    "/en/",
    "/en/findings",
    "/en/health",
    "/en/rolls",
    "/en/people",
    f"/en/obligations/{REVIEW}",
    "/en/obligations/nothing",
    "/en/let-in/",
    "/EN/let-in",
    "//en/",
    "/packages/nothing.zip",
    "/statements/nothing.pdf",
    "/feed/../en/",
    "/feed/x.ics/../../en/",
    "/feed/%2e%2e/en/",
    "/api/status.json",
    "/api/calendar.json",
    "/api/health.json",
    "/openapi.json",
    "/nothing",
)


def link_for(board_data: BoardData, reader: str = "ann") -> str:
    return give(board_data.installation.engine, PassKind.LINK, reader, "a test", at(TODAY))


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_is_shown_how_to_get_in_and_nothing_of_the_record(stranger: httpx.Client, path, method):
    answer = stranger.request(method, path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="board"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert [name for name in answer.headers if name.startswith("access-control")] == []
    assert [words for words in OF_THE_RECORD if words in answer.text.partition("<body>")[2]] == []
    assert method == "HEAD" or "mandates desk let-in NAME" in answer.text


@pytest.mark.parametrize("language", offered())
def test_a_stranger_is_told_in_their_own_language(stranger: httpx.Client, language):
    answer = stranger.get("/", headers={"accept-language": language})
    assert f'<html lang="{language}"' in answer.text


@pytest.mark.parametrize(
    "shown",
    [
        {"cookies": {"mandates-board": "guessed"}},
        {"cookies": {"mandates-board": ""}},
        {"cookies": {"__Host-mandates-board": "guessed"}},
        {"headers": {"authorization": "Bearer guessed"}},
        {"headers": {"authorization": "Basic YTpi"}},
        {"headers": {"authorization": "Bearer guessed guessed"}},
        {"headers": {"origin": "http://attacker.example"}},
    ],
)
def test_what_somebody_made_up_lets_nobody_in(board_address, shown):
    with httpx.Client(base_url=board_address, trust_env=False, **shown) as client:
        assert client.get("/api/status.json").status_code == 401
        assert client.get("/en/").status_code == 401


def test_a_link_lets_in_once_and_leaves_the_address_bar(board_address, board_data: BoardData):
    link = link_for(board_data)
    with httpx.Client(base_url=board_address, trust_env=False) as client:
        page = client.get(f"/let-in?link={link}", headers={"accept-language": "fr"}, follow_redirects=True)
        assert (page.url.path, page.status_code) == ("/fr/let-in", 200)
        assert client.head(f"/fr/let-in?link={link}").status_code == 200  # a program that looks first
        assert client.get("/en/").status_code == 401  # and looking lets nobody in
        answer = client.post("/fr/let-in", data={"link": link})
        assert (answer.status_code, answer.headers["location"]) == (303, "/fr/")
        assert re.fullmatch(
            r"mandates-board=[\w-]{32}; HttpOnly; Path=/; SameSite=strict", answer.headers["set-cookie"]
        )
        assert client.get("/fr/").status_code == 200
        assert client.get("/api/status.json").status_code == 200
    with httpx.Client(base_url=board_address, trust_env=False) as another:
        assert another.get(f"/en/let-in?link={link}").status_code == 403
        refused = another.post("/en/let-in", data={"link": link})
        assert (refused.status_code, "set-cookie" in refused.headers) == (403, False)
        assert "This address does not let you in" in refused.text


def test_over_https_the_cookie_is_secure_and_no_other_host_can_set_it(board_data: BoardData):
    with served(create_app(board_data, door_of(board_data, secure=True))) as address:
        answer = httpx.post(f"{address}/en/let-in", data={"link": link_for(board_data)}, trust_env=False)
    assert answer.headers["set-cookie"].startswith("__Host-mandates-board=")
    assert answer.headers["set-cookie"].endswith("; HttpOnly; Path=/; SameSite=strict; Secure")


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        ("", {}),
        ("link=", {}),
        ("link=guessed", {}),
        ("link=%00%ff", {}),
        ("other=x", {}),
        ("link=" + "x" * 100_000, {}),
        ('{"link": "x"}', {"content-type": "application/json"}),
    ],
)
def test_a_form_that_is_none_lets_nobody_in(stranger: httpx.Client, content, headers):
    answer = stranger.post("/en/let-in", content=content, headers=headers)
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_on_another_page_uses_no_link_up(stranger: httpx.Client, board_data: BoardData, site):
    link = link_for(board_data)
    forged = stranger.post("/en/let-in", data={"link": link}, headers={"sec-fetch-site": site})
    assert (forged.status_code, "set-cookie" in forged.headers) == (403, False)
    assert door_of(board_data).knows(link)


def test_every_other_way_to_ask_at_the_door_is_named(stranger: httpx.Client):
    answer = stranger.put("/en/let-in")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("kind", [PassKind.LINK, PassKind.TOKEN])
def test_a_secret_of_one_kind_is_none_of_another(board_address, board_data: BoardData, kind):
    secret = give(board_data.installation.engine, kind, "ann", "a test", at(TODAY))
    cookies = {door_of(board_data).cookie: secret}
    with httpx.Client(base_url=board_address, trust_env=False, cookies=cookies) as client:
        assert client.get("/en/").status_code == 401
        assert (
            client.post(
                "/en/let-in", data={"link": let_in(board_data)[door_of(board_data).cookie]}
            ).status_code
            == 403
        )


def test_a_machine_reads_its_own_addresses_and_no_page(stranger: httpx.Client, board_data: BoardData):
    token = give(board_data.installation.engine, PassKind.TOKEN, "the dashboard", "a test", at(TODAY))
    shown = {"authorization": f"Bearer {token}"}
    for path in ("status", "calendar", "health"):
        assert stranger.get(f"/api/{path}.json", headers=shown).status_code == 200
    assert stranger.get("/en/", headers=shown).status_code == 401
    assert stranger.get("/openapi.json", headers=shown).status_code == 401


@pytest.fixture
def own(tmp_path: Path):
    made = lived_in(tmp_path)
    with made.installation:
        yield made


def test_what_was_taken_back_lets_nobody_in_from_that_moment(own: BoardData):
    cookies, unused = let_in(own), link_for(own, "a reader")
    token = give(own.installation.engine, PassKind.TOKEN, "a reader", "a test", at(TODAY))
    shown = {"authorization": f"Bearer {token}"}
    with (
        served(create_app(own, door_of(own))) as address,
        httpx.Client(base_url=address, trust_env=False, cookies=cookies) as client,
    ):
        assert client.get("/en/").status_code == 200
        with writing(own.installation.engine) as session:
            assert end_passes(session, "a reader", "left", "a test", at(TODAY)) == 3
        assert client.get("/en/").status_code == 401
        assert client.get("/api/status.json", headers=shown).status_code == 401
        assert client.post("/en/let-in", data={"link": unused}).status_code == 403


@pytest.mark.parametrize(("kind", "path"), [(PassKind.SESSION, "/en/"), (PassKind.TOKEN, "/api/health.json")])
def test_what_expired_lets_nobody_in(own: BoardData, kind, path):
    secret = give(own.installation.engine, kind, "ann", "a test", at(TODAY))
    later = Door(own.installation.engine, lambda: at(TODAY) + LASTS[kind])
    with served(create_app(own, later)) as address:
        shown = {"authorization": f"Bearer {secret}"}
        cookies = {later.cookie: secret}
        with httpx.Client(base_url=address, trust_env=False, cookies=cookies, headers=shown) as client:
            assert client.get(path).status_code == 401


def test_a_link_that_expired_lets_nobody_in(own: BoardData):
    link = link_for(own)
    late = Door(own.installation.engine, lambda: at(TODAY) + LASTS[PassKind.LINK])
    assert not late.knows(link)
    assert late.let_in(link) is None


def test_a_calendar_is_still_read_at_its_own_address(own: BoardData):
    with writing(own.installation.engine) as session:
        grant_feed(
            session,
            FeedGrant(
                recorded_at=at(TODAY),
                recorded_by="a test",
                reader="ann",
                language="en",
                obligation=None,
                actor=None,
                token_sha256=digest_of("secret"),
            ),
        )
    with served(create_app(own, door_of(own))) as address:
        assert httpx.get(f"{address}/feed/secret.ics", trust_env=False).status_code == 200
        assert httpx.get(f"{address}/feed/other.ics", trust_env=False).status_code == 404


def test_a_person_comes_in_by_pressing_one_button(browser: Browser, board_address, board_data: BoardData):
    context = browser.new_context(locale="ar", java_script_enabled=True)
    page = context.new_page()
    page.goto(f"{board_address}/let-in?link={link_for(board_data)}")
    assert page.evaluate("document.body.dir || getComputedStyle(document.body).direction") == "rtl"
    assert Axe().run(page).response["violations"] == []
    page.locator("main button").press("Enter")
    page.wait_for_url(f"{board_address}/ar/")
    assert page.locator("svg.timeline").is_visible()
    context.close()


@pytest.mark.parametrize("path", ["/en/", "/ar/let-in?link=none"])
def test_axe_finds_nothing_to_complain_of_outside_the_door(browser: Browser, board_address, path):
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(f"{board_address}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert Axe().run(page).response["violations"] == []
    context.close()


SPY = """
<!DOCTYPE html><title>Elsewhere</title><script>
async function spy(address) {
  const found = [];
  for (const mode of ["cors", "no-cors"]) {
    try { found.push(await (await fetch(address, {mode, credentials: "include"})).text()); }
    catch (refused) { found.push(""); }
  }
  return found.join("");
}
</script>
"""


def test_a_page_of_another_origin_reads_nothing_from_a_browser_that_was_let_in(reader: LetIn, board_address):
    """The other origin is another port of the same machine, which browsers call the same site."""
    from fastapi import FastAPI  # noqa: PLC0415 (only this test serves a page of its own)
    from fastapi.responses import HTMLResponse  # noqa: PLC0415 (the same)

    elsewhere = FastAPI()
    elsewhere.get("/", response_class=HTMLResponse)(lambda: SPY)
    with served(elsewhere) as attacker:
        context = reader.new_context()
        page = context.new_page()
        for origin in (attacker, attacker.replace("127.0.0.1", "localhost")):
            page.goto(origin)
            for path in ("/en/", "/api/status.json", "/openapi.json"):
                assert page.evaluate("address => spy(address)", f"{board_address}{path}") == ""
        page.goto(f"{board_address}/en/")
        assert page.locator("svg.timeline").is_visible()
        context.close()
