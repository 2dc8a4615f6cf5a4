"""Whatever goes wrong with the mailbox is said, stops nothing else, and is made up for in the next run."""

import logging
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from pydantic import SecretStr

from records.database import reading
from records.inbox import inbox
from tasks.inputs.collected import Collected
from tasks.inputs.collecting import collect
from tasks.installation.installation import Installation
from tests.input_packages.files import word
from tests.installations import TODAY, at
from tests.notifications.channels.relays import authority, free_port
from tests.tasks.dovecot import dovecot
from tests.tasks.inputs.drops import GROUPS, dropped
from tests.tasks.inputs.imap_script import STEPS, Script, scripted

FIRST = f"mail INBOX 7 {sha256(b'replies@127.0.0.1').hexdigest()[:8]}/1"
SECRET = "hunter2"  # noqa: S105 (made up)
AGAIN = "; it is tried again in the next run"
ENDED = "ended the connection: "
REFUSED = "refused what was asked: "


def read(installation: Installation, address: str, hour: int = 8) -> Collected:
    settings = installation.settings.model_copy(update={"mailbox": SecretStr(address)})
    return collect(replace(installation, settings=settings), TODAY, at(TODAY, hour))


def at_port(port: int, options: str = "?cto=0.3") -> str:
    return f"imap://replies:{SECRET}@127.0.0.1:{port}/INBOX{options}"


def kept(installation: Installation) -> list[str]:
    with reading(installation.engine) as session:
        return [each.item.place for each in inbox(session) if each.item.recorded_by == "mailbox"]


TROUBLES = [
    *((step, how, ENDED) for step in STEPS[:-2] for how in ("close", "halfway")),
    *((step, "silent", "did not answer within 0.3 seconds; ") for step in STEPS[:-2]),
    ("greeting", "NO", "not today"),
    ("LOGIN", "NO", "refused the login: NO not today; see that MANDATES_MAILBOX has the right user"),
    ("LOGIN", "BAD", "refused the login: LOGIN command error: BAD [b'not today']; "),
    ("SELECT", "NO", "has no folder 'INBOX' that can be opened: NO not today; "),
    ("SELECT", "NO", "name one behind the host in MANDATES_MAILBOX, there are 'INBOX'"),
    ("STATUS", "NO", f"{REFUSED}NO not today"),
    ("SEARCH", "NO", f"{REFUSED}NO not today"),
    ("SIZE", "NO", f"{REFUSED}NO not today"),
    *((step, "nonsense", "") for step in STEPS[:-2]),
]


@pytest.mark.parametrize(("step", "how", "said"), TROUBLES)
def test_a_server_that_fails_at_any_step_is_a_finding_and_the_next_run_takes_the_rest(
    step, how, said, installation, caplog
):
    caplog.set_level(logging.DEBUG)
    dropped(installation, f"{GROUPS}/ilo/views.docx", word())
    script = Script(step, how)
    with scripted(script) as port:
        first = read(installation, at_port(port))
        script.step = ""
        taken_at_first = kept(installation)
        second = read(installation, at_port(port), 9)
    [finding] = first.findings
    assert said in finding
    assert finding.startswith("the mailbox could not be read: ")
    assert finding.endswith(AGAIN)
    assert SECRET not in finding + caplog.text
    assert [row["person"] for row in first.rows] == ["ilo"]
    assert (taken_at_first, kept(installation)) == ([], [FIRST])
    assert second.findings == []


@pytest.mark.parametrize("how", ["NO", "BAD"])
def test_one_message_that_the_server_withholds_is_a_finding_of_its_own(how, installation):
    script = Script("BODY", how)
    with scripted(script) as port:
        [finding] = read(installation, at_port(port)).findings
        script.step = ""
        assert read(installation, at_port(port), 9).findings == []
    assert finding.startswith("message 1 of the mailbox: the server does not give it: ")
    assert "not today" in finding
    assert finding.endswith(AGAIN)
    assert kept(installation) == [FIRST]


def test_a_message_that_is_too_large_is_not_fetched_and_waits_for_a_person_once(installation):
    script = Script(size=70_000_000)
    with scripted(script) as port:
        first = read(installation, at_port(port)).findings
        assert read(installation, at_port(port), 9).findings == first
    assert "BODY" not in script.asked
    assert kept(installation) == [FIRST]
    [said] = first
    assert said.endswith("67 megabytes, too large to be fetched; to decide: mandates inbox show 1")


def test_the_mailbox_of_another_account_is_another_though_its_server_numbers_alike(installation):
    script = Script("", "")
    with scripted(script) as port:
        read(installation, at_port(port))
        read(installation, at_port(port), 9)
        assert kept(installation) == [FIRST]
        read(installation, at_port(port).replace("replies:", "others:"), 10)
    assert len(kept(installation)) == 2


@pytest.mark.parametrize(("step", "findings"), [("STORE", 1), ("LOGOUT", 0)])
@pytest.mark.parametrize("how", ["close", "halfway", "silent"])
def test_what_was_taken_stays_taken_when_the_server_goes_away_afterwards(step, findings, how, installation):
    with scripted(Script(step, how)) as port:
        done = read(installation, at_port(port))
    assert len(done.findings) == findings
    assert kept(installation) == [FIRST]


def test_a_server_that_says_the_password_back_is_not_repeated(installation):
    with scripted(Script("LOGIN", "echo")) as port:
        [finding] = read(installation, at_port(port)).findings
    assert 'refused the login: NO you said: LOGIN "replies" "…"; ' in finding
    assert SECRET not in finding


def test_nobody_at_the_port_and_no_such_host_are_told_apart(installation):
    [nobody] = read(installation, at_port(free_port())).findings
    assert ": nothing listens at 127.0.0.1:" in nobody
    [unknown] = read(installation, f"imap://replies:{SECRET}@nowhere.invalid/INBOX").findings
    assert "there is no host of the name in nowhere.invalid:143: " in unknown
    assert unknown.endswith(AGAIN)


def test_a_server_that_speaks_no_tls_is_told_so(installation):
    with scripted(Script()) as port:
        [finding] = read(installation, at_port(port).replace("imap:", "imaps:")).findings
    assert "does not speak TLS with us: " in finding


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"https://replies:{SECRET}@host/INBOX", "it begins neither with imaps:// nor with imap://"),
        (f"imaps://replies:{SECRET}@/INBOX", "it names no host"),
        (f"imaps://replies:1{SECRET}#x@host/INBOX", "expected imaps://user:password@host/INBOX"),
        (f"imaps://replies:1#{SECRET}@host/INBOX", "it has a #, which is written %23"),
        (f"imaps://replies:1?{SECRET}@host/INBOX", "it has an option that is none of auth, ca, cto"),
        (f"imap://replies:{SECRET}@host/INBOX?ca=x", "it has an option that is none of cto"),
        (f"imaps://replies:{SECRET}@host/INBOX?ca=gone.pem", "ca names 'gone.pem', which is not a readable"),
        (f"imaps://replies:{SECRET}@host/INBOX?cto=0", "cto is not a number of seconds up to 600"),
        (f"imaps://replies:{SECRET}@host/INBOX?auth=ntlm", "auth is not xoauth2; leave it out"),
        (f"imaps://replies:{SECRET}@host/INBOX?auth=xoauth2", "auth=xoauth2 goes with a user and without a"),
    ],
)
def test_an_address_that_is_miswritten_is_a_finding_that_shows_nothing_of_it(address, words, installation):
    [finding] = read(installation, address).findings
    assert finding.startswith("MANDATES_MAILBOX: found an address that is not shown here")
    assert words in finding
    assert SECRET not in finding


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path, installation):
    trusted = authority(tmp_path)
    with dovecot(tls=trusted) as box:
        [finding] = read(installation, box.address.partition("?")[0]).findings
        assert "is not trusted: " in finding
        assert "name its authority with ?ca=FILE" in finding
        assert read(installation, box.address).findings == []
