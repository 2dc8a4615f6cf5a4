"""The doctor calls the servers: what keeps mail from leaving and coming in is said, and nothing is sent."""

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from tasks.installation.settings import Settings
from tasks.operations.reaching import unreachable
from tests.installations import workplace_in
from tests.notifications.channels.relays import Mood, free_port, relay
from tests.tasks.inputs.imap_script import Script, scripted

SECRET = "hunter2"  # noqa: S105 (made up)
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


def found(home: Path, **settings: object) -> list[str]:
    with workplace_in(home, {}) as plain:
        changed = Settings(home=home, **settings)  # type: ignore[arg-type]  # by name
        return list(unreachable(replace(plain, settings=changed)))


def test_servers_that_let_us_in_are_no_finding_and_get_nothing(tmp_path: Path):
    mood, script = Mood(), Script()
    with relay(mood) as smtp, scripted(script) as imap:
        assert not found(
            tmp_path,
            channels_email=SecretStr(f"rmail://127.0.0.1:{smtp}"),
            mailbox=SecretStr(f"imap://replies:{SECRET}@127.0.0.1:{imap}/INBOX"),
        )
    assert (mood.kept, mood.asked) == ([], [])
    assert script.asked == ["CAPABILITY", "LOGIN", "SELECT", "STATUS", "LOGOUT"]


def test_servers_that_do_not_are_each_a_finding_without_a_secret(tmp_path: Path):
    smtp = free_port()
    with scripted(Script("LOGIN", "NO")) as imap:
        out, into = found(
            tmp_path,
            channels_email=SecretStr(f"rmail://keeper:{SECRET}@127.0.0.1:{smtp}"),
            channels={"team-chat": SecretStr(f"json://127.0.0.1:1/{SECRET}")},
            mailbox=SecretStr(f"imap://replies:{SECRET}@127.0.0.1:{imap}/INBOX"),
        )
    assert out.startswith(f"nothing can leave by email now: no connection to 127.0.0.1:{smtp}: ")
    assert into.startswith(f"the mailbox could not be read: 127.0.0.1:{imap} refused the login: NO not today")
    assert SECRET not in out + into


def test_an_address_that_cannot_be_used_stops_no_other(tmp_path: Path):
    smtp = free_port()
    [only] = found(
        tmp_path,
        channels_email=SecretStr(f"rmail://127.0.0.1:{smtp}"),
        channels={"board": SecretStr("nothing://x")},
    )
    assert only.startswith("nothing can leave by email now: ")
