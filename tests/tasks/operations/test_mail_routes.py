"""Where mail leaves and comes in, in words that hold no secret."""

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from tasks.installation.settings import Settings
from tasks.operations.mail_routes import ways_in, ways_out
from tests.installations import workplace_in

SECRET = "hunter2"  # noqa: S105 (made up)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"rmails://keeper:{SECRET}@mail.example.org", "mail server mail.example.org:587, with TLS"),
        ("rmail://127.0.0.1:2525", "mail server 127.0.0.1:2525, without TLS"),
        (f"workflows://example.org/workflow/{SECRET}", "workflows://…"),
        (f"rmail://:{SECRET}@", "rmail://…, which cannot be used"),
        (f"rmail://keeper:{SECRET}@host:port", "rmail://…, which cannot be used"),
    ],
)
def test_a_channel_is_told_by_its_server_alone(tmp_path: Path, address, said):
    with workplace_in(tmp_path, {}) as plain:
        settings = Settings(home=tmp_path, channels_email=SecretStr(address))
        assert list(ways_out(replace(plain, settings=settings))) == [("email", said)]


def test_the_mailbox_and_the_folder_are_told(tmp_path: Path):
    with workplace_in(tmp_path, {}) as plain:
        folder = ("folder", str(tmp_path / "incoming"))
        assert list(ways_in(plain)) == [("mailbox", "none (MANDATES_MAILBOX)"), folder]
        mailbox = SecretStr(f"imaps://keeper:{SECRET}@imap.example.org/Replies")
        installation = replace(plain, settings=Settings(home=tmp_path, mailbox=mailbox))
        [told, _] = ways_in(installation)
        assert told == ("mailbox", "Replies at imap.example.org:993, with TLS")
