"""The pages over HTTP: what is shown, what is refused, and how safely."""

import re
from pathlib import Path

import httpx
import pytest

from portal.board.data import BoardData
from portal.board.rendering import POLICY, offered
from records.database import reading as record_of
from records.database import writing
from records.feeds import FeedGrant, digest_of, grant_feed, revoke_feeds
from records.published import published_to
from tasks.installation.live import make_copy
from tests.installations import TODAY, at, record
from tests.portal.desks import lived_in, reading

REVIEW = "working-arrangements-review"
CYCLE = f"{REVIEW}/since-2025-11-10"
PAGES = (
    "",
    "findings",
    "load",
    "rolls",
    "people",
    "statements",
    "health",
    f"obligations/{REVIEW}",
    f"cycles/{CYCLE}",
    "cycles/annual-meeting/2030",
)


@pytest.mark.parametrize("language", offered())
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_there_in_every_language(client: httpx.Client, language, page):
    answer = client.get(f"/{language}/{page}")
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text
    assert answer.headers["content-security-policy"] == POLICY


def test_the_start_page_speaks_the_language_of_the_reader(client: httpx.Client):
    answer = client.get("/", headers={"accept-language": "tlh, ar;q=0.9, en;q=0.5"})
    assert (answer.status_code, answer.headers["location"]) == (307, "/ar/")


def test_a_notice_is_listed_by_whom_it_is_for_and_when_it_left(client: httpx.Client):
    """It was planned for 12 November, and left on the first day the system kept watch."""
    table = client.get(f"/en/cycles/{CYCLE}").text.partition('<h2 id="notices">')[2].partition("</table>")[0]
    rows = [re.sub("<[^>]*>", " ", row).split() for row in table.split("<tr>")[2:]]
    told = [" ".join(row) for row in rows]
    assert [row for row in told if not re.search(r"(23 November 2026, 06:00 UTC|planned for|–) ", row)] == []
    assert any("Office of the Coordinator 23 November 2026, 06:00 UTC Sent" in row for row in told), told


def test_a_board_of_a_copy_says_that_nothing_is_sent(tmp_path: Path):
    board_data = lived_in(tmp_path)
    with reading(board_data) as client:
        assert "Nothing is sent from here" not in client.get("/en/").text
    with writing(board_data.installation.engine) as session:
        make_copy(session, board_data.installation.settings, at(TODAY), "restored from backup.zip")
    with reading(board_data) as client:
        for page in ("", "findings"):
            assert "Nothing is sent from here. To see why, type: " in client.get(f"/en/{page}").text
    board_data.installation.engine.dispose()


def test_the_board_shows_what_status_shows(client: httpx.Client):
    shown = client.get("/en/").text
    listed = client.get("/api/status.json").json()["obligations"]
    assert {row["obligation"] for row in listed} == set(re.findall(r'href="/en/obligations/([\w-]+)"', shown))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=REV-2", {REVIEW}),
        ("q=working+arrangements", {REVIEW}),
        ("q=الأفرقة", {"working-group-review"}),
        ("state=overdue", {REVIEW, "secretary-general-review"}),
        ("holder=secretary-general", {"secretary-general-review", "general-assembly-report"}),
        ("q=%25", set()),
        ("q=_____", set()),
    ],
)
def test_filters_and_searches_show_what_they_say(client: httpx.Client, query, found):
    table = client.get(f"/en/?{query}").text.partition("<tbody>")[2]
    assert set(re.findall(r'<th scope="row"><a href="/en/obligations/([\w-]+)"', table)) == found


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/tlh/", 400),
        ("/xx/", 404),
        ("/en/obligations/nothing", 404),
        ("/en/cycles/annual-meeting/never", 404),
        ("/en/cycles/nothing/2026", 404),
        (f"/en/cycles/{CYCLE}/notices/0000", 404),
        ("/en/nothing", 404),
        ("/en/?state=splendid", 400),
        ("/en/?holder=nobody", 404),
        ("/en/?page=0", 400),
        ("/en/?page=2", 404),
        ("/en/?page=99999999999999999999", 400),
        ("/en/?q=" + "x" * 101, 400),
        ("/en/?q=" + "x" * 5000, 414),
        ("/en/?q=%00%ff'\"><script>alert(1)</script>", 200),
        ("/packages/nothing.zip", 404),
        ("/packages/..%2f..%2fmandates.db", 404),
        ("/statements/%2e%2e%2fmandates.db", 404),
        ("/feed/guessed.ics", 404),
        ("/docs", 404),
    ],
)
def test_what_is_not_there_is_refused_with_its_status_and_a_page_that_helps(
    client: httpx.Client, path, status
):
    answer = client.get(path)
    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert 'href="/en/"' in answer.text
    assert "<script" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_pages_can_only_be_read(client: httpx.Client, method):
    answer = client.request(method, "/en/")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert "These pages can only be read" in answer.text


@pytest.mark.parametrize("path", ["/", "/en/", "/en/health", "/api/health.json", "/feed/none.ics"])
def test_asking_for_the_head_alone_gives_the_same_status_and_no_body(client: httpx.Client, path):
    assert client.head(path).status_code == client.get(path).status_code
    assert client.head(path).content == b""


def test_a_failure_of_ours_shows_no_trace(board_data: BoardData):
    def broken():
        raise RuntimeError("the secret is mellon")

    broken_desk = BoardData(board_data.installation, broken)
    with reading(broken_desk) as client:
        answer = client.get("/ar/")
    assert answer.status_code == 500
    assert "mellon" not in answer.text
    assert 'dir="rtl"' in answer.text


def test_another_name_for_this_machine_is_not_answered(board_data: BoardData):
    with reading(board_data, ["127.0.0.1"]) as client:
        assert client.get("/en/").status_code == 200
        assert client.get("/en/", headers={"host": "attacker.example"}).status_code == 400


def test_a_new_fact_is_on_the_next_page(tmp_path: Path):
    board_data = lived_in(tmp_path)
    with board_data.installation, reading(board_data) as client:
        assert "overdue" in client.get(f"/en/obligations/{REVIEW}").text
        done = {"obligation": REVIEW, "completed_on": TODAY, "evidence": "report 26"}
        record(board_data.installation, {"completions": [done]}, TODAY)
        page = client.get(f"/en/obligations/{REVIEW}").text
        assert "Met late" in page
        assert "report 26" in page
        assert "13 days late" in page  # a breach never vanishes


def test_the_message_of_a_notice_can_be_read(client: httpx.Client):
    cycle = client.get(f"/en/cycles/{CYCLE}").text
    (first, *_) = re.findall(rf'href="(/en/cycles/{CYCLE}/notices/\w+)"', cycle)
    letter = client.get(first)
    assert letter.status_code == 200
    assert "Review of the working arrangements" in letter.text.partition("<pre>")[2]


def test_packages_and_statements_can_be_downloaded_as_they_were_recorded(
    client: httpx.Client, board_data: BoardData
):
    for folder, page in (("packages", "cycles/annual-meeting/2026"), ("statements", "statements")):
        found = re.findall(rf'href="(/{folder}/[^"]+)"', client.get(f"/en/{page}").text)
        for address in found:
            kept = board_data.installation.settings.home / address[1:]
            assert client.get(address).content == kept.read_bytes()
    assert found


def test_the_seal_beside_a_statement_can_be_downloaded_too(client: httpx.Client, board_data: BoardData):
    folder = board_data.installation.settings.statements
    seals = sorted(file for file in folder.iterdir() if file.suffix == ".seal")
    assert seals
    page = client.get("/en/statements").text
    for seal in seals:
        assert f'href="/statements/{seal.name}"' in page
        assert client.get(f"/statements/{seal.name}").content == seal.read_bytes()
    assert client.get("/statements/nothing.pdf.seal").status_code == 404
    assert client.get(f"/statements/{seals[0].name}.seal").status_code == 404


@pytest.fixture
def feed_of(tmp_path: Path):
    board_data = lived_in(tmp_path)
    with board_data.installation:
        with writing(board_data.installation.engine) as session:
            row = FeedGrant(
                recorded_at=at(TODAY),
                recorded_by="a test",
                reader="ann",
                language="ar",
                obligation=REVIEW,
                actor=None,
                token_sha256=digest_of("secret"),
            )
            grant_feed(session, row)
        with reading(board_data) as client:
            yield board_data, client


def test_a_feed_is_read_at_its_secret_address_and_only_when_it_is_new(feed_of):
    _, client = feed_of
    answer = client.get("/feed/secret.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert b"due.working-arrangements-review.since-2025-11-10@network.example.org" in answer.content
    assert b"annual-meeting" not in answer.content
    again = client.get("/feed/secret.ics", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("shown", "status"),
    [
        ("*", 304),
        ("{tag}", 304),
        ("W/{tag}", 304),
        ('"another", {tag}', 304),
        ('"an,other" ,W/{tag},"third"', 304),
        ('"another"', 200),
        ('W/"another"', 200),
        ("{bare}", 200),
        ('"x{bare}"', 200),
        ('"*"', 200),
        ("", 200),
    ],
)
def test_a_reader_names_what_it_has_as_the_standard_lets_it(feed_of, shown, status):
    _, client = feed_of
    tag = client.get("/feed/secret.ics").headers["etag"]
    named = shown.format(tag=tag, bare=tag.strip('"'))
    answer = client.get("/feed/secret.ics", headers={"if-none-match": named})
    assert (answer.status_code, answer.headers["etag"]) == (status, tag)


def test_what_a_feed_showed_is_on_record_and_is_not_recorded_twice(feed_of):
    board_data, client = feed_of
    assert client.get("/feed/secret.ics").content == client.get("/feed/secret.ics").content
    with record_of(board_data.installation.engine) as session:
        kept = published_to(session, "feed:1")
    due = kept["due.working-arrangements-review.since-2025-11-10@network.example.org"]
    assert (due.sequence, due.cycle) == (0, f"{REVIEW}/since-2025-11-10")


def test_an_address_that_was_taken_back_says_so_and_shows_nothing(feed_of):
    board_data, client = feed_of
    with writing(board_data.installation.engine) as session:
        assert revoke_feeds(session, "ann", "left", "a test", at(TODAY, 7)) == 1
    answer = client.get("/feed/secret.ics")
    assert answer.status_code == 410
    assert "This address has been withdrawn" in answer.text
    assert "VEVENT" not in answer.text
