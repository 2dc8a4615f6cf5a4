"""The pages about the house: what came by mail and waits for a person is shown as text, whatever it says."""

from collections.abc import Iterator

import pytest

from portal.board.data import BoardData
from portal.board.operations import Came, findings_page
from tasks.inputs.arriving import Arrivals
from tasks.inputs.collected import Collected
from tasks.inputs.intake import Intake
from tasks.inputs.submitting import reader_of
from tests.installations import TODAY, TWO_LANGUAGES, at, workplace_in
from tests.portal.desks import reading
from tests.tasks.inputs.mails import reply


@pytest.fixture(scope="module")
def board_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BoardData]:
    home = tmp_path_factory.mktemp("home")
    with workplace_in(home, languages=TWO_LANGUAGES) as installation, reader_of(installation) as reader:
        arrivals = Arrivals(Intake(installation, TODAY), reader, at(TODAY, 9), Collected())
        arrivals.take("known", reply("", "Nothing to add.", sender="ilo").as_bytes())
        arrivals.take("broken", b"From: <b>@x.example\n" + b"X: y\n" * 5000)
        arrivals.take("stranger", reply("", sender="stranger").as_bytes())
        yield BoardData(installation, lambda: TODAY)


def test_messages_that_wait_are_findings_with_the_command_that_shows_them(board_data: BoardData):
    first, second = findings_page(board_data, 1, "en")["came"]
    why = "nothing but its From line shows whom it is from"
    assert first == Came(1, "ilo@example.org", "ILO focal point", TODAY, why)
    assert (second.number, second.sender, second.person) == (2, "@x.example", None)
    with reading(board_data) as client:
        english, arabic = (client.get(f"/{each}/findings").text for each in ("en", "ar"))
    for page in (english, arabic):
        assert "mandates inbox show 1" in page
        assert "<b>@x" not in page
    assert "Messages awaiting a decision" in english
    assert "الرسائل التي تنتظر تدخل شخص" in arabic
