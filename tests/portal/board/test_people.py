"""The page of who is who shows who is there today, how they are reached and who stands in."""

from datetime import timedelta
from pathlib import Path

from portal.board.data import BoardData
from portal.board.people import people_page
from tests.installations import TODAY, record, workplace_in
from tests.portal.desks import reading

S = {"source": "a letter"}
UNTIL = TODAY + timedelta(days=9)


def test_the_page_shows_who_is_who_in_the_reader_s_language(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        board_data = BoardData(installation, lambda: TODAY)
        assert "ILO focal point" in [each.person.name for each in people_page(board_data)["people"]]
        names = {"id": "ilo", "name": "Lea Martin", "names": {"ar": "ليا مارتن"}, "since_on": TODAY, **S}
        days = {"person": "ilo", "first": TODAY, "last": UNTIL, **S}
        role = {"person": "iom", "role": "releaser", "since_on": TODAY, **S}
        new = {
            "people": [names],
            "absences": [days],
            "delegations": [{**days, "delegate": "iom"}],
            "roles": [role],
        }
        record(installation, new, TODAY)
        with reading(board_data) as client:
            pages = {
                each: client.get(f"/{each}/people").text for each in ("en", "ar", "fr", "es", "ru", "zh")
            }
    english = " ".join(pages["en"].split())
    assert '<a href="/en/people" aria-current="page">Who is who</a>' in english
    assert "Lea Martin" in english
    assert "ilo@example.org" in english
    assert "away until 2 December 2026" in english
    assert "stands in until 2 December 2026" in english
    assert "releases formal letters" in english
    assert "Letters come from" in english
    assert "ليا مارتن" in pages["ar"]
    assert 'dir="rtl"' in pages["ar"]
    headings = {page.partition("<h1>")[2].partition("</h1>")[0] for page in pages.values()}
    assert len(headings) == len(pages)


def test_a_change_is_on_the_page_at_once(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        board_data = BoardData(installation, lambda: TODAY)
        assert board_data.overview().directory.name_of("ilo") == "ILO focal point"
        record(installation, {"people": [{"id": "ilo", "name": "Lea", "since_on": TODAY, **S}]}, TODAY)
        assert board_data.overview().directory.name_of("ilo") == "Lea"
