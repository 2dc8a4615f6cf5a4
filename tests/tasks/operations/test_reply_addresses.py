"""Whether answers would come to the addresses that letters have of their own, asked of a real relay."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from tasks.installation.installation import Installation
from tasks.operations.reply_addresses import reply_address_findings
from tests.installations import TODAY, directory, workplace_in
from tests.notifications.channels.relays import Mood, relay

REPLY_TO = "answers@example.org"


def findings(home: Path, port: int, reply_to: str | None = REPLY_TO) -> list[str]:
    with workplace_in(home) as opened:
        email = SecretStr(f"rmail://127.0.0.1:{port}")
        given = {"channels_email": email, "reply_to": reply_to}
        changed = Installation(opened.settings.model_copy(update=given), opened.pack, opened.engine)
        return list(reply_address_findings(changed, directory(opened, TODAY)))


@pytest.mark.parametrize(
    ("mood", "expected"),
    [
        (Mood(), None),
        (Mood(rcpt="550 5.1.10 no such recipient"), "recipient refused: 550 5.1.10 no such recipient"),
        (Mood(hangs_up="RCPT"), "MANDATES_REPLY_TO: no mail can be sent to answers+s."),
    ],
)
def test_a_server_that_takes_no_address_with_a_plus_is_a_finding(
    tmp_path: Path, mood: Mood, expected: str | None
):
    with relay(mood) as port:
        found = findings(tmp_path, port)
    assert len(found) == (expected is not None)
    assert all(
        str(expected) in each and "let the server of answers@example.org take" in each for each in found
    )
    [asked] = mood.asked
    assert asked.startswith("answers+s.")
    assert asked.endswith("@example.org")
    assert mood.kept == []


def test_nothing_is_asked_where_answers_go_to_the_sender(tmp_path: Path):
    mood = Mood()
    with relay(mood) as port:
        assert findings(tmp_path, port, None) == []
    assert mood.asked == []
