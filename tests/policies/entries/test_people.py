"""Entries about who is who: what contradicts the record, or itself, is refused in words."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from policies.problems import RefusedFileError
from tests.installations import TODAY, directory, record, workplace_in

S = {"source": "a letter"}
NEW = {"id": "hana", "name": "Hana Aoki", "since_on": TODAY, **S}
YESTERDAY, LATER = TODAY - timedelta(days=1), TODAY + timedelta(days=30)
SUCCEEDED = {"person": "unhcr", "successor": "hana", "since_on": TODAY, **S}


@pytest.mark.parametrize(
    ("table", "entry", "expected"),
    [
        ("contacts", {"person": "hana", "since_on": TODAY}, "one at least of: address, language, channels"),
        ("contacts", {"person": "nobody", "since_on": TODAY, "language": "fr"}, "one of: coordinator-office"),
        ("contacts", {"person": "hana", "since_on": TODAY, "address": "no address"}, "contacts.0.address"),
        ("contacts", {"person": "hana", "since_on": TODAY, "station": "bonn"}, "one of: geneva"),
        ("appointments", {"person": "hana", "actor": "king", "since_on": TODAY}, "appointments.0.actor"),
        (
            "appointments",
            {"person": "hana", "actor": "coordinator", "since_on": TODAY, "until": YESTERDAY},
            f"a day not before since_on, {TODAY}",
        ),
        (
            "departures",
            {"person": "ilo", "actor": "coordinator", "left_on": LATER},
            f"an actor that ilo stands for until {LATER}: executive-committee, network-members",
        ),
        ("departures", {"person": "ilo", "role": "auditor", "left_on": LATER}, f"until {LATER}: none"),
        ("successions", {"person": "ilo", "successor": "ilo", "since_on": TODAY}, "somebody else"),
        (
            "successions",
            {"person": "ilo", "successor": "hana", "since_on": YESTERDAY},
            f"a day from {TODAY} on: what was sent until now went to ilo",
        ),
        (
            "absences",
            {"person": "ilo", "first": TODAY, "last": YESTERDAY},
            f"a day not before first, {TODAY}",
        ),
        ("delegations", {"person": "ilo", "delegate": "ilo", "first": TODAY, "last": TODAY}, "somebody else"),
        ("roles", {"person": "ilo", "role": "king", "since_on": TODAY}, "roles.0.role"),
        (
            "quiet_hours",
            {"station": "geneva", "before": "18:00", "after": "08:00", "since_on": TODAY},
            "an hour later than before, 18:00",
        ),
        ("confirmations", {"confirmed_on": LATER}, f"a day not after {TODAY}"),
    ],
)
def test_what_cannot_be_is_refused_in_words(tmp_path: Path, table: str, entry: dict[str, Any], expected: str):
    with workplace_in(tmp_path, {}) as installation:
        with pytest.raises(RefusedFileError) as refused:
            record(installation, {"people": [NEW], table: [{**entry, **S}]}, TODAY)
        assert expected in str(refused.value)
        assert directory(installation).name_of("hana") == "hana"


def test_of_one_thing_one_fact_holds_from_the_same_day(tmp_path: Path):
    told = {"person": "ilo", "since_on": TODAY, **S}
    with workplace_in(tmp_path, {}) as installation:
        record(installation, {"contacts": [{**told, "address": "one@example.org"}]}, TODAY)
        record(installation, {"contacts": [{**told, "address": "one@example.org"}]}, TODAY)
        record(installation, {"contacts": [{**told, "language": "fr"}]}, TODAY)
        with pytest.raises(RefusedFileError, match="ilo from 2026-11-23 in other words than on record"):
            record(installation, {"contacts": [{**told, "address": "two@example.org"}]}, TODAY)
        found = directory(installation).recipient("ilo")
    assert found is not None
    assert (found.address, found.language) == ("one@example.org", "fr")


def test_a_second_delegate_for_the_same_days_is_refused(tmp_path: Path):
    days = {"person": "ilo", "first": TODAY, "last": LATER, **S}
    with workplace_in(tmp_path, {}) as installation:
        record(installation, {"delegations": [{**days, "delegate": "iom"}]}, TODAY)
        with pytest.raises(RefusedFileError, match="one delegate at a time: iom from 2026-11-23"):
            record(installation, {"delegations": [{**days, "delegate": "who", "first": LATER}]}, TODAY)


def test_the_id_of_somebody_who_was_succeeded_is_used_up(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        record(installation, {"people": [NEW], "successions": [SUCCEEDED]}, TODAY)
        again = {"person": "unhcr", "actor": "coordinator", "since_on": LATER, **S}
        with pytest.raises(RefusedFileError, match="another id: hana took the place of unhcr"):
            record(installation, {"appointments": [again]}, TODAY)
        with pytest.raises(RefusedFileError, match="another id: hana took the place of unhcr"):
            record(
                installation, {"successions": [{**SUCCEEDED, "successor": "ilo", "since_on": LATER}]}, TODAY
            )
        other = {"person": "ilo", "successor": "unhcr", "since_on": LATER, **S}
        with pytest.raises(RefusedFileError, match="another id: hana took the place of unhcr"):
            record(installation, {"successions": [other]}, TODAY)
        back = {"person": "hana", "successor": "unhcr", "since_on": LATER, **S}
        record(installation, {"successions": [back]}, TODAY)
        assert "unhcr" in directory(installation, LATER).standing_for("network-members")


def test_the_same_succession_again_is_on_record_already(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        record(installation, {"people": [NEW], "successions": [SUCCEEDED]}, TODAY)
        record(installation, {"successions": [SUCCEEDED]}, LATER)
        assert directory(installation, LATER).holder_of("unhcr") == "hana"
