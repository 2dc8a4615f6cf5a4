"""Deciding about notices by hand: shown first, kept with its reason, refused when it makes no sense."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from flows.clock import today
from language.dates import format_date
from records.database import reading
from records.ledger.notices import notices_of
from tasks.inputs.mail.returned import take_report
from tasks.installation.installation import open_installation
from tasks.installation.settings import Settings
from tests.cli.command import Mandates
from tests.installations import TODAY, at
from tests.tasks.inputs import bounces

BY = ("--by", "Amal Haddad")
OPENING = "annual-meeting/2026:opening:begins:secretariat:email"


@pytest.fixture(scope="module")
def two_days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which two days were enforced: an escalation awaits its release."""
    command = Mandates(tmp_path_factory.mktemp("two-days") / "home")
    command.imported()
    for day in ("2026-11-23", "2026-11-24"):
        assert command("enforce", "--as-of", day, "--force").code == 0
    return command.home


@pytest.fixture
def mandates(two_days: Path, tmp_path: Path) -> Mandates:
    """A copy of the home, which is the live one now."""
    copied = Mandates(Path(shutil.copytree(two_days, tmp_path / "home")))
    assert copied("live", "--by", "a test").code == 0
    return copied


def state(mandates: Mandates, key: str) -> str:
    rows = mandates("notices", "--as-of", "2026-11-24", "--days", "0", "--json").json
    return str(next(row["state"] for row in rows if row["notice_key"] == key))


def awaiting(mandates: Mandates) -> str:
    rows = mandates(
        "notices", "--as-of", "2026-11-24", "--days", "0", "--state", "awaiting-release", "--json"
    )
    return str(next(row["notice_key"] for row in rows.json if row["kind"] == "escalation"))


def test_a_release_shows_the_exact_message_first(mandates: Mandates):
    key = awaiting(mandates)
    answer = mandates("notices", "release", key, *BY)
    assert answer.code == 0
    message, _, done = answer.out.partition("1 released by Amal Haddad")
    assert "To: Office of the Coordinator" in message
    a_week_on = format_date(today("Europe/Zurich") + timedelta(days=7), "en")
    assert (
        f"Reply requested by {a_week_on}: Review of the working arrangements (due 10 November 2026, overdue)"
        in message
    )
    assert "will be sent with the next dispatch" in done
    assert state(mandates, key) == "released"


def test_a_formal_notice_is_withheld_with_a_reason_and_never_leaves(mandates: Mandates):
    key = awaiting(mandates)
    assert mandates("notices", "withhold", key, "--reason", "settled by telephone", *BY).code == 0
    mandates("enforce", "--as-of", "2026-11-25", "--force")
    assert state(mandates, key) == "withheld"
    assert "withheld by Amal Haddad: settled by telephone" in mandates("notices", "show", key).out
    again = mandates("notices", "release", key, *BY)
    assert (again.code, "awaits release" in again.err) == (2, True)


def test_a_message_is_sent_again_under_a_key_that_names_the_first(mandates: Mandates):
    answer = mandates("notices", "resend", OPENING, "--reason", "lost in their archive", *BY)
    assert (answer.code, f"{OPENING}:again-1" in answer.out) == (0, True)
    mandates("enforce", "--as-of", "2026-11-24", "--force")
    assert state(mandates, f"{OPENING}:again-1") == "sent"
    shown = mandates("notices", "show", f"{OPENING}:again-1").out
    assert f"Amal Haddad sends {OPENING} again: lost in their archive" in shown
    assert "until the “Annual meeting of the Network” is completed" in " ".join(shown.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("release", "no-such-key"), "the ledger has no notice no-such-key"),
        (("withhold", OPENING, "--reason", "late"), "waits to leave"),
        (("settle", OPENING, "--arrived", "--reason", "seen"), "is unknown"),
        (("resend", "no-such-key", "--reason", "lost"), "the ledger has no notice no-such-key"),
        (("release",), "either the KEY of one notice, or --held"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(mandates: Mandates, words: tuple[str, ...], told: str):
    answer = mandates("notices", *words, *BY)
    assert (answer.code, told in " ".join(answer.err.split())) == (2, True)
    assert "Traceback" not in answer.err


def test_an_address_is_mended_by_a_person_who_says_why_and_only_one_that_fails(mandates: Mandates):
    refused = mandates("notices", "mended", "ilo@example.org", "--reason", "they say so", *BY)
    assert refused.code != 0
    assert "expected an address from which letters are returned: none" in " ".join(refused.err.split())
    with open_installation(Settings(home=mandates.home)) as installation:
        with reading(installation.engine) as session:
            letter = next(n.letter for n in notices_of(session) if n.letter and n.person == "ilo")
        message = bounces.report(str(letter), "ilo@example.org")
        take_report(installation, message, "<bounce@mx.example.org>", at(TODAY))
    mended = mandates("notices", "mended", "ilo@example.org", "--reason", "they say so", *BY)
    assert (mended.code, "recorded by Amal Haddad: mail to" in mended.out) == (0, True)
