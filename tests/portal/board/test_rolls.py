"""The page of the rolls shows what is on record, and says what nobody has recorded."""

from pathlib import Path

from portal.board.data import BoardData
from portal.board.rolls import rolls_page
from tests.installations import TODAY, workplace_in
from tests.portal.desks import reading
from tests.tasks.rolls_said import CONSULTATION, DECISION, FOUNDERS, GROUP, PARTNER, taken


def test_each_body_and_each_group_has_its_roll(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        for facts in (FOUNDERS, DECISION + GROUP, CONSULTATION + PARTNER):
            taken(installation, facts)
        board_data = BoardData(installation, lambda: TODAY)
        shown = [register.body for register in rolls_page(board_data)["registers"]]
        with reading(board_data) as client:
            html, arabic = (client.get(f"/{language}/rolls").text for language in ("en", "ar"))
    assert shown == [
        *("network-members", "executive-committee", "working-groups", "trade", "fund-board-members"),
    ]
    assert [
        words
        for words in ("International Labour Organization", ">ngo<", "partner", "No members on record.")
        if words not in html
    ] == []
    assert "منظمة العمل الدولية" in arabic
    assert "قبل \u20682019-11-14\u2069" in arabic  # else it would read as 14-11-2019
