"""`mandates people`: what is held is written out, and nobody is forgotten before it was seen and asked."""

import json
from pathlib import Path

import pytest

from tests.cli.command import Mandates

FORGET = ("people", "forget", "Amal Haddad", "--because", "she left and asked for it", "--by", "an officer")


@pytest.fixture
def mandates(tmp_path: Path) -> Mandates:
    made = Mandates(tmp_path / "home")
    made.imported()
    recorded = made(
        "record", "explanation", "annual-workplan/2025", "--reason", "decided late", "--by", "Amal Haddad"
    )
    assert recorded.code == 0, recorded.err
    return made


def test_where_nobody_can_be_asked_nobody_is_forgotten(mandates: Mandates):
    answer = mandates(*FORGET)
    assert (answer.code, answer.out) == (2, "")
    assert "Amal Haddad was not forgotten: there is no terminal to ask on." in answer.err
    assert "Forgotten:" not in mandates("doctor").out


def test_a_script_forgets_somebody_who_recorded_things_and_doctor_says_so_without_the_name(
    mandates: Mandates,
):
    answer = mandates(*FORGET, "--yes")
    assert answer.code == 0, answer.err
    assert "This goes for good:" in answer.out
    doctor = mandates("doctor")
    assert doctor.code == 0
    assert "by an officer: she left and asked for it" in doctor.out
    assert "Amal Haddad" not in doctor.out


def test_what_is_held_is_written_into_a_folder(mandates: Mandates, tmp_path: Path):
    answer = mandates("people", "export", "Amal Haddad", "--into", str(tmp_path / "export"))
    assert answer.code == 0, answer.err
    held = json.loads((tmp_path / "export" / "held.json").read_text(encoding="utf-8"))
    [row] = held["rows"]["explanations"]
    assert (row["recorded_by"], row["reason"]) == ("Amal Haddad", "decided late")


def test_somebody_of_whom_nothing_is_held_is_said_to_be_nobody(mandates: Mandates):
    answer = mandates("people", "forget", "No One", "--because", "x", "--by", "y", "--yes")
    assert answer.code == 2
    assert "'No One' is in no row of the record" in answer.err
