import subprocess
import sys
from types import SimpleNamespace

import pytest

from notifications.channels import Outcome, UnusableChannelError, open_channel
from notifications.channels.channel import _accepted
from tests.notifications.channels.mails import mail
from tests.notifications.channels.relays import free_port

# Apprise loads all its services when it meets an address; one of them asks for a deprecated module.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "outbox",
        "nothing://hunter2@example.org",
        "rmail://",
        "rmail://keeper:hunter2@",
        "rmail://keeper:hunter2@example.org:smtp",
        "rmails://keeper:hunter2/x@example.org:587",
        "rmail://keeper:hunter2@example.org:99999",
        "rmail://keeper:hunter2@[example.org",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(url, tmp_path):
    with pytest.raises(UnusableChannelError, match=r"cannot be used: .* Expected outbox://") as refusal:
        open_channel(url, outbox=tmp_path)
    assert "hunter2" not in str(refusal.value)


def test_any_service_of_apprise_may_be_a_channel(tmp_path):
    with open_channel(f"json://127.0.0.1:{free_port()}", outbox=tmp_path) as channel:
        verdict = channel.send(mail())
    assert verdict.outcome is Outcome.UNKNOWN
    assert verdict.text == "the service did not confirm it; it may have arrived all the same"


@pytest.mark.parametrize(
    ("result", "accepted"),
    [
        (True, True),
        (False, False),
        (None, False),
        (1, False),
        (SimpleNamespace(status=SimpleNamespace(name="SUCCESS")), True),
        (SimpleNamespace(status=SimpleNamespace(name="PARTIAL")), False),
        (SimpleNamespace(status=SimpleNamespace(name="NOMATCH")), False),
    ],
)
def test_only_a_plain_yes_is_a_yes_before_and_after_version_2(result, accepted):
    assert _accepted(result) is accepted


def test_importing_the_room_does_not_wait_for_apprise():
    program = (
        "import sys, notifications, notifications.messages, notifications.envelope, notifications.channels;"
        "sys.exit('apprise' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
