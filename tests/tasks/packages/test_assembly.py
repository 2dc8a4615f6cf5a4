"""Assembly: a package when its day has come; the same bytes for the same facts."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from input_packages.verify import verify
from policies.plans.notice_key import NoticeKey
from records.database import reading
from records.ledger.notices import notices_of
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tasks.packages.assembly import Assembly, UnopenedCycleError, assemble, release
from tests.days import day
from tests.installations import ONE_LANGUAGE, TODAY, Listed, at, record, workplace_in

GROUPS = "working-group-review/2026"


def assembled(installation: Installation, on: date, cycle: str | None = None) -> Assembly:
    return assemble(installation, on, at(on), cycle=cycle)


def test_the_packages_whose_milestone_has_come_are_assembled_and_verify(tmp_path: Path):
    with workplace_in(tmp_path, languages=ONE_LANGUAGE) as installation:
        enforce(installation, TODAY, at(TODAY))
        done = assembled(installation, TODAY)
        assert [row["cycle"] for row in done.rows] == [
            "secretary-general-review/2026",
            "working-arrangements-review/since-2025-11-10",
            GROUPS,
        ]
        files = [installation.settings.packages / row["file"] for row in done.rows]
        assert [verify(file) for file in files] == [[], [], []]
        assert f"{GROUPS}: 5 of 5 items are missing" in done.findings


def test_the_same_facts_on_another_day_are_the_same_bytes_and_no_new_version(tmp_path: Path):
    with workplace_in(tmp_path, languages=ONE_LANGUAGE) as installation:
        enforce(installation, TODAY, at(TODAY))
        first = {row["cycle"]: row["sha256"] for row in assembled(installation, TODAY).rows}
        later = TODAY + timedelta(days=3)
        assert {row["cycle"] for row in assembled(installation, later).rows} & set(first) == set()
        [row] = assembled(installation, later, GROUPS).rows
        assert row["sha256"] == first[GROUPS]
        assert row["file"] == "working-group-review_2026_v1.zip"


def test_a_package_that_was_lost_is_built_again(tmp_path: Path):
    with workplace_in(tmp_path, languages=ONE_LANGUAGE) as installation:
        enforce(installation, TODAY, at(TODAY))
        rows = assembled(installation, TODAY).rows
        file = installation.settings.packages / rows[-1]["file"]
        file.unlink()
        assert [row["sha256"] for row in assembled(installation, TODAY).rows] == [rows[-1]["sha256"]]
        assert verify(file) == []


def test_new_facts_make_a_new_version_and_the_old_one_stays(tmp_path: Path):
    with workplace_in(tmp_path, languages=ONE_LANGUAGE) as installation:
        enforce(installation, TODAY, at(TODAY))
        assembled(installation, TODAY)
        earlier = {
            "obligation": "working-group-review",
            "completed_on": date(2018, 12, 20),
            "evidence": "decision",
        }
        record(installation, {"completions": [earlier]}, TODAY)
        files = [row["file"] for row in assembled(installation, TODAY).rows]
        assert files == ["working-group-review_2026_v2.zip"]
        assert (installation.settings.packages / "working-group-review_2026_v1.zip").exists()


def test_a_draft_goes_to_the_secretariat_once_and_to_nobody_else(tmp_path: Path):
    way_out = Listed()
    with workplace_in(tmp_path, languages=ONE_LANGUAGE) as installation:
        enforce(installation, TODAY, at(TODAY))
        assembled(installation, TODAY)
        assembled(installation, TODAY)
        dispatch(installation, TODAY, at(TODAY), way_out.open_channels)
        with reading(installation.engine) as session:
            told = {n.notice_key: n.state for n in notices_of(session) if n.kind == "package-ready"}
    assert set(told.values()) == {"sent"}
    assert {NoticeKey.parse(key).person for key in told} == {"secretariat"}


def test_the_secretary_general_is_told_of_a_released_package_only_on_a_release_of_its_own(tmp_path: Path):
    review = "secretary-general-review/2026"
    answers: list[dict[str, object]] = [
        {"cycle": review, "person": person, "kind": "nil-return", "received_on": TODAY, "source": "letter"}
        for person in ("iom", "ilo", "ohchr", "undesa", "undp", "unhcr", "unicef", "unodc", "who", "unfpa")
    ]
    others = ("unitar", "unu", "eca", "ece", "eclac", "escap", "escwa")
    answers += [{**answers[0], "person": person} for person in others]
    with workplace_in(tmp_path, languages=ONE_LANGUAGE) as installation:
        enforce(installation, TODAY, at(TODAY))
        record(installation, {"answers": answers}, TODAY)
        assembled(installation, TODAY, review)
        release(installation, review, "A. Officer", TODAY, at(TODAY))
        with reading(installation.engine) as session:
            states = {n.person: n.state for n in notices_of(session) if n.rung == "package-v2"}
    assert states == {
        "secretariat": "entered",
        "coordinator-office": "entered",
        "secretary-general-office": "entered",
    }


def test_only_an_opened_cycle_has_a_package(tmp_path: Path):
    with (
        workplace_in(tmp_path) as installation,
        pytest.raises(UnopenedCycleError, match="not an opened cycle"),
    ):
        assembled(installation, TODAY, GROUPS)


def test_any_opened_cycle_can_be_asked_for_before_its_day(tmp_path: Path):
    with workplace_in(tmp_path, languages=ONE_LANGUAGE) as installation:
        enforce(installation, TODAY, at(TODAY))
        [row] = assembled(installation, TODAY, "annual-meeting/2026").rows
        assert row["missing"] == "5"


def test_who_was_asked_is_in_the_package_with_the_day(tmp_path: Path):
    on = day("Fri 2027-10-08")
    with workplace_in(tmp_path, languages=ONE_LANGUAGE) as installation:
        enforce(installation, TODAY, at(TODAY))
        enforce(installation, day("Thu 2027-10-07"), at(day("Thu 2027-10-07")))
        enforce(installation, on, at(on))
        dispatch(installation, on, at(on, 23), Listed().open_channels)
        [row] = assembled(installation, on, "annual-meeting/2027").rows
        archive = (installation.settings.packages / row["file"]).read_bytes()
    assert b'"asked_on": "2027-10-08"' in archive
