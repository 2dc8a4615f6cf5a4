"""Numbers of entries: one more whenever what is said is another, never otherwise."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from notifications.published import Certain, EntryContent
from records.database import writing
from records.published import Published, publish
from tasks.enforcement.publishing import Told, domain_of, numbered, person
from tests.days import day
from tests.installations import TODAY, at, directory, workplace_in

NOW = datetime(2026, 11, 23, 8, 30, 15, 400, tzinfo=UTC)
DOMAIN, READER = "network.example.org", "mail:iom"
DUE = EntryContent(
    cycle="annual-meeting/2026",
    which="due",
    on=day("Thu 2026-12-31"),
    summary="Due date",
    description="",
    language="en",
    status=Certain.CONFIRMED,
)
MOVED = replace(DUE, on=day("Fri 2027-01-08"))


def after(*contents: EntryContent, every: timedelta = timedelta(hours=1)) -> list[tuple[int, datetime]]:
    """Return number and stamp of each content, published one after the other."""
    last: dict[str, Published] = {}
    found = []
    for count, content in enumerate(contents):
        [(_, entry)] = numbered(READER, DOMAIN, [Told(content, NOW + count * every)], last)
        last[entry.uid] = entry
        found.append((entry.sequence, entry.stamped_at))
    return found


def test_a_date_that_moves_and_comes_back_counts_on_and_unchanged_does_not():
    gone = DUE.cancelled("lost")
    numbers = [number for number, _ in after(DUE, DUE, MOVED, DUE, DUE, gone, gone, DUE)]
    assert numbers == [0, 0, 1, 2, 2, 3, 3, 4]


def test_the_stamp_is_that_of_what_is_told_and_stands_while_nothing_changes():
    whole = NOW.replace(microsecond=0)
    stamps = [stamp for _, stamp in after(DUE, DUE, MOVED)]
    assert stamps == [whole, whole, whole + timedelta(hours=2)]


@pytest.mark.parametrize("every", [timedelta(0), timedelta(days=-1)])
def test_the_stamp_grows_whatever_is_told_and_when(every):
    stamps = [stamp for _, stamp in after(DUE, MOVED, DUE, every=every)]
    assert stamps == sorted(set(stamps))


def test_the_first_number_kept_goes_on_from_what_was_counted_before():
    [(_, first)] = numbered(READER, DOMAIN, [Told(DUE, NOW, counted=3)], {})
    [(_, second)] = numbered(READER, DOMAIN, [Told(MOVED, NOW, counted=9)], {first.uid: first})
    assert (first.sequence, second.sequence) == (3, 4)


def test_a_uid_ends_as_the_first_one_did_whoever_sends_now(tmp_path: Path):
    with workplace_in(tmp_path) as installation, writing(installation.engine) as session:
        known = directory(installation)
        [(_, entry)] = numbered(READER, domain_of(session, known), [Told(DUE, NOW)], {})
        assert entry.uid == "due.annual-meeting.2026@network.example.org"
        publish(session, [entry], at(TODAY), "a test")
        another = replace(known, sender=replace(known.sender, address="mandates@another.example"))
        assert domain_of(session, another) == "network.example.org"


def test_what_is_sent_in_a_trial_counts_apart(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        settings = installation.settings.model_copy(update={"trial": "trial@example.org"})
        assert person(installation, "iom") == "mail:iom"
        assert person(replace(installation, settings=settings), "iom") == "trial:iom"
